import type { Button } from '../../answer.ts';
import type { Form } from '../../form.ts';
import { printable, shorten } from '../printable.ts';
import { leaf } from './escape.ts';
import { most } from './limits.ts';
import type { Pressed } from './message.ts';
import { sizeOf } from './pack.ts';

/**
 * The buttons in rows of as many as Teams shows. Further ones get rows of their own, where everybody sees them: not every
 * client has a menu for them. One whose text is too long is not offered.
 */
export function buttonRows(buttons: Button[]): object[] {
  let room = most.allActions;
  const actions = buttons
    .filter(({ ask }) => ask.length <= most.ask)
    .slice(0, most.buttons)
    .map(({ label, ask }) => action(label, 'ask', { ask: printable(ask) }))
    .filter((one) => {
      room -= sizeOf(one);
      return room >= 0;
    });
  const rows = Array.from({ length: Math.ceil(actions.length / most.actions) }, (_, i) =>
    actions.slice(i * most.actions, (i + 1) * most.actions),
  );
  return rows.map((row, i) => ({ type: 'ActionSet', spacing: i === 0 ? 'Medium' : 'Small', actions: row }));
}

/** The button that sends a form: all of it, so that it can be put again with what was filled in. */
export function submitRow({ fields, ...form }: Form): object {
  const kept = fields.map(({ initial: _, ...field }) => field);
  return {
    type: 'ActionSet',
    spacing: 'Medium',
    actions: [action(form.submit, 'form', { form: { ...form, fields: kept } })],
  };
}

/** An action that Teams answers in place, with one that older clients know. Only a form sends what was filled in. */
function action(label: string, verb: 'ask' | 'form', data: Pressed): object {
  const own = {
    title: shorten(leaf(label), most.button),
    data,
    ...(verb === 'ask' && { associatedInputs: 'none' }),
  };
  return { type: 'Action.Execute', verb, ...own, fallback: { type: 'Action.Submit', ...own } };
}
