/** The words that count the same thing in every command. */
export const hostUnits = ['hosts', 'host', 'nodes', 'node', 'servers', 'server'] as const;
export const vmUnits = ['vms', 'vm', 'guests', 'guest', 'virtual machines', 'virtual machine'] as const;

/** What may stand behind a number that is one host's: “2 channels per host”. */
export const perHost = ['host', 'server', 'node'].flatMap((noun) => [`per ${noun}`, `each ${noun}`, `a ${noun}`]);
