import { Unavailable } from '../errors.ts';

/** The address of a database without its user and password. */
export function nameOf(url: string): string {
  const address = URL.parse(url);
  return address ? `${address.host}${address.pathname}` : '(its address cannot be read)';
}

/** What to throw when a question failed: `Unavailable` when the database is down, breaks off, is full or only to be read. */
export function failureOf(where: string, cause: unknown): Error {
  const error = new Error(`The database ${where} did not do what was asked: ${reasonOf(cause)}.`, { cause });
  return isDown(cause) ? new Unavailable(error) : error;
}

const reasons: Record<string, string> = {
  ECONNREFUSED: 'nothing answers there',
  ECONNRESET: 'the connection broke',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'its host could not be looked up',
  '28P01': 'the user or the password is refused',
  '28000': 'the user or the password is refused',
  '3D000': 'there is no database of that name',
  '42501': 'the user may not create what is needed',
  '57P01': 'it is shutting down',
  '57P03': 'it is starting or shutting down',
};

/** Never the message of the error: it may quote the address. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'it gave no reason';
  const code = codeOf(error);
  if (code) return reasons[code] ?? `it reports ${code}`;
  return isCut(error) ? 'it does not answer' : 'it gave no reason that is known';
}

const codeOf = (error: Error) => ('code' in error && typeof error.code === 'string' ? error.code : undefined);

/** What pg says, without a code, when no connection is to be had or one breaks. */
const isCut = ({ message }: Error) => /timeout|terminated|not queryable/i.test(message);

/**
 * Codes of the system (ECONNREFUSED), and the SQLSTATEs of lost connections, of a server that lacks memory, disk or
 * connections, that stops or starts, whose disk fails, and that has become a standby.
 */
function isDown(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = codeOf(error);
  return code ? /^(E(?!RR_)|08|53|57P|58|25006)/.test(code) : isCut(error);
}
