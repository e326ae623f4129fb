/** Where a request came from. `address` means something to its platform only. */
export type Place = { platform: string; address: string; kind: 'channel' | 'direct' | 'terminal' | 'web' };

/** One thing somebody asked. `text` is untrusted: it is data and is never run, matched as a pattern or logged. */
export type Request = { text: string; user: { id: string; name: string }; place: Place; now: Date };
