import { loadParts } from './clusterwise.ts';
import { renderText } from './platforms/text.ts';
import { endOnBrokenPipe, orExplain } from './process.ts';
import { upkeepAnswer, upkeepOf } from './upkeep.ts';

await orExplain(async () => {
  endOnBrokenPipe(process.stdout);
  const { knowledge } = await loadParts();
  process.stdout.write(`${renderText(upkeepAnswer(upkeepOf(knowledge.topics), new Date()))}\n`);
});
