/** Somebody, as the platform knows them; `name` is what people read, and may be empty where it is not known. */
export type Person = { id: string; name: string };

/** Where a request came from. `address` means something to its platform only. */
export type Place = { platform: string; address: string; kind: 'channel' | 'direct' | 'terminal' | 'web' };

/**
 * One thing somebody asked. `text` is untrusted: it is data and is never run, matched as a pattern or logged. A person
 * whom the platform recognised in it is written `<@ID>` or `<@ID|NAME>`.
 */
export type Request = { text: string; user: Person; place: Place; now: Date };
