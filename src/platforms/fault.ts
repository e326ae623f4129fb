/**
 * What may be logged of an error: its kind and the platform’s code, never what was sent. All from the first quotation mark
 * to the last is left out, since a JSON error quotes what it could not read, quotation marks included.
 */
export function faultOf(error: unknown): string {
  const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return said.replace(/"(.*"|.*$)/s, '“…”').slice(0, 300);
}
