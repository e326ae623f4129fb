/** `2 x 10 core`, `dual 10-core`: processors and the cores of one. */
const PROCESSORS = /(?<![\w.,])(?:(?<count>[1-9]\d*)\s*[x×]|(?<word>dual|twin|quad))\s*(?<cores>\d+)[\s-]*cores?/
  .source;
/** `2x16 host`: what is counted twice without a word are processors and their cores. */
const ONE_BARE = /(?<![\w.,])([1-9]\d*)\s*[x×]\s*(\d+)\s+(?:host|server|box)(?!\w)/gi;
const ONE_SERVER = new RegExp(`${PROCESSORS}\\s+(?:host|server|node|box|machine)(?!\\w)`, 'gi');
const SERVERS = new RegExp(`${PROCESSORS}\\s+(?<hosts>hosts|servers|nodes|boxes|machines)(?!\\w)`, 'gi');
/** Of one server, when nothing else follows that the number in front may count. */
const ALONE = new RegExp(`${PROCESSORS}(?=\\s*(?:[^\\sa-z]|(?:and|with|for|on|in|running)\\b|$))`, 'gi');
const TIMES = new Map([
  ['dual', 2],
  ['twin', 2],
  ['quad', 4],
]);
const VMS = 'vms?|guests?|virtual machines';
const VMS_EACH = new RegExp(`\\b(${VMS})\\s+(?:(?:on|per|in)\\s+)?(?:each|apiece)(?=\\s*(?:[,;.?!)]|$|and\\b))`, 'gi');
const ON_EACH = new RegExp(
  `\\b(${VMS})\\s+(?:on|for|per|in|at)\\s+(?:each|every)\\s+(?:one\\b|(?:host|node|server|box|machine)\\b|of\\b)`,
  'gi',
);
/** `three hosts: 24 cores`: what was counted in front of the colon is over. */
const COUNTED = /((?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|dozen))\s+[a-z]{2,}):(?=\s)/gi;
/** `32 cores on 2 sockets` are those of a host. */
const OF_A_HOST = /\b(\d+)\s+cores\s+(?:on|in|across|over)\s+(\S+)\s+(sockets?|cpus?|processors?|procs?)\b/gi;
const EACH_VMS = new RegExp(
  `\\beach\\s+(?:with|has|have|having|runs?|running|hosting|holds?)\\s+(\\S+)\\s+(${VMS})\\b`,
  'gi',
);

/**
 * A sentence as a command’s grammar can read it: “4 CSVs = 16 PRs” says what comes out, not what goes in, no number belongs to a
 * word of the sentence before, and what is one server’s or each host’s is said the way it would be typed.
 */
export function written(text: string): string {
  const apart = text
    .replace(/\b(?:gives|makes|equals)\s+\d[\d,]*(?=\s*(?:[.;?!]|$))/gi, ' ')
    .replace(/[.?!]\s+/g, ' ; ')
    .replace(/(?<!\S)w\//gi, 'with ')
    .replace(/(\d\s*[a-z]*):(?=\s+\D)/gi, '$1 ; ')
    .replace(/\b(20\d\d(?: ?r2)?):(?=\s)/gi, '$1 ; ')
    .replace(/\b(?:a )?pair of\b/gi, '2')
    .replace(ONE_BARE, '$1 processors $2 cores 1 host')
    .replace(COUNTED, '$1 ; ')
    .replace(/\b(san|array|cluster|storage):(?=\s+\d)/gi, '$1 ; ')
    .replace(OF_A_HOST, '$2 $3 $1 cores per host')
    .replace(ON_EACH, '$1 per host ')
    .replace(EACH_VMS, '$1 $2 per host')
    .replace(VMS_EACH, '$1 per host')
    .replace(ONE_SERVER, (...parts) => `${processors(parts)} 1 host`)
    .replace(SERVERS, (...parts) => {
      const { hosts } = groups(parts);
      return `${hosts} ${processors(parts)}`;
    })
    .replace(ALONE, (...parts) => processors(parts))
    // `2x 10 core`, but not `0x80`.
    .replace(/(?<![\w.,])([1-9]\d*)\s*[x×]\s*(?=\d)/gi, '$1 ');
  const at = apart.indexOf('=');
  if (at < 0 || !/\d\s*[a-z]+\s+$/iu.test(apart.slice(Math.max(0, at - 40), at))) return apart;
  return `${apart.slice(0, at)}gives ${apart.slice(at + 1).replace(/^\s*\d+/, '')}`;
}

function processors(parts: unknown[]): string {
  const { count, word = '', cores } = groups(parts);
  return `${count ?? TIMES.get(word.toLowerCase())} processors ${cores} cores`;
}

/** What `replace` hands over last: the named groups. */
function groups(parts: unknown[]): Record<string, string | undefined> {
  // The type of a replacer does not tell its last argument.
  return parts.at(-1) as Record<string, string | undefined>;
}
