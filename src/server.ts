import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * The one HTTP server: each path goes to what serves it, a route that ends with “/” serves every path below it, and
 * `/healthz` says that the process is up.
 */
export function createHttpServer(routes: Record<string, RequestListener>): Server {
  const folders = Object.entries(routes).filter(([route]) => route.endsWith('/'));
  return createServer((request, response) => {
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    const [, below] = folders.find(([route]) => path.startsWith(route)) ?? [];
    const listener = Object.hasOwn(routes, path) ? routes[path] : below;
    if (listener) return listener(request, response);
    const healthy = path === '/healthz';
    response.writeHead(healthy ? 200 : 404, { 'content-type': 'text/plain; charset=utf-8' });
    response.end(healthy ? 'ok\n' : 'not found\n');
  });
}

/** Listens; resolves with the port. Rejects, with what to change, when the address is in use or not ours. */
export function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const failed = ({ message }: Error) => reject(new Error(`Please set HOST and PORT to a free address: ${message}.`));
    server.once('error', failed);
    server.listen(port, host, () => {
      server.off('error', failed);
      // A server that listens on TCP has an AddressInfo; only pipes have a string.
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** Milliseconds that a request may still take when the server closes: as long as Slack waits for one. */
const GRACE = 3000;

/** Takes no new connection, lets those under way finish within `grace` milliseconds, resolves when all are gone. */
export function close(server: Server, grace = GRACE): Promise<void> {
  return new Promise((resolve) => {
    // Somebody who sends half a request and waits must not keep the process alive.
    const patience = setTimeout(() => server.closeAllConnections(), grace);
    server.close(() => {
      clearTimeout(patience);
      resolve();
    });
    server.closeIdleConnections();
  });
}
