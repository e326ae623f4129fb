import { App } from '@slack/bolt';

// What is compared with: Bolt as its documentation starts it, with one command that is acknowledged and nothing else.
const [signingSecret = '', slackApiUrl = ''] = process.argv.slice(2);
const app = new App({ signingSecret, token: 'xoxb-bare', clientOptions: { slackApiUrl } });
app.command('/license', async ({ ack }) => ack());
const server = await app.start({ port: 0, host: '127.0.0.1' });
process.stderr.write(`${JSON.stringify({ msg: 'listening', ...Object(server.address()) })}\n`);
