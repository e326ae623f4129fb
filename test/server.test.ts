import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { close, createHttpServer, listen } from '../src/server.ts';

test('the health check says that the process is up; every other path is not found', async () => {
  const server = createHttpServer({});
  const url = `http://127.0.0.1:${await listen(server, 0, '127.0.0.1')}`;
  expect(await (await fetch(`${url}/healthz?now`)).text()).toBe('ok\n');
  expect((await fetch(`${url}/slack/events`)).status).toBe(404);
  await close(server);
});

test('a route that ends with a slash serves every path below it, unless another serves exactly that one', async () => {
  const saying =
    (text: string): RequestListener =>
    (request, response) =>
      void response.end(`${text} ${request.url}`);
  const server = createHttpServer({ '/calendar/': saying('below'), '/calendar/now': saying('exactly') });
  const url = `http://127.0.0.1:${await listen(server, 0, '127.0.0.1')}`;
  const text = async (path: string) => (await fetch(url + path)).text();
  expect(await text('/calendar/a/b.ics?c')).toBe('below /calendar/a/b.ics?c');
  expect(await text('/calendar/now')).toBe('exactly /calendar/now');
  expect(await text('/calendar')).toBe('not found\n');
  expect(await text('/calendars/a')).toBe('not found\n');
  expect(await text('/healthz')).toBe('ok\n');
  await close(server);
});

test('an address in use is refused with the settings to change', async () => {
  const server = createHttpServer({});
  const port = await listen(server, 0, '127.0.0.1');
  await expect(listen(createHttpServer({}), port, '127.0.0.1')).rejects.toThrow(
    `Please set HOST and PORT to a free address: listen EADDRINUSE: address already in use 127.0.0.1:${port}.`,
  );
  await close(server);
});

test('half a request does not keep a server from closing', async () => {
  const server = createHttpServer({});
  const socket = connect(await listen(server, 0, '127.0.0.1'), '127.0.0.1').on('error', () => {});
  const arrived = once(server, 'request');
  socket.write('POST /healthz HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf');
  await arrived;
  await close(server, 1);
  expect(server.listening).toBe(false);
});
