import type { Bot } from './bot.ts';
import { askAs } from './platforms/terminal.ts';
import { renderText } from './platforms/text.ts';

const QUESTIONS = ['/license cluster 2 hosts 8 vms', '/pr 2 hosts 2 channels 4 csvs', '/vmm sizing 200 hosts'];

const CONNECT = `To connect Slack: create an app from manifest/slack-socket.json (or slack-http.json), then set
SLACK_BOT_TOKEN and SLACK_APP_TOKEN (or SLACK_SIGNING_SECRET) and start again; the README has the steps.
Microsoft Teams is not there yet.

For a whole answer: npm run --silent ask -- "/av exclusions"`;

/** What somebody sees who starts the bot before any platform is connected: three real answers, shortened, and what to do next. */
export async function welcome(bot: Bot, user: string): Promise<string> {
  const shown = QUESTIONS.map(async (question) => {
    const { headline, facts = [], sources = [] } = await askAs(bot, user, question);
    return `> ${question}\n${renderText({ headline, facts, sources: sources.slice(0, 1) })}`;
  });
  return `Clusterwise answers questions about Hyper-V clusters. For example:\n\n${(await Promise.all(shown)).join('\n\n')}\n\n${CONNECT}\n`;
}
