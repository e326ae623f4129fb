const NEEDED = 24;

/**
 * What to tell somebody whose Node is too old to run TypeScript; undefined for a Node that will do.
 * @param {string} version such as "24.1.0"
 * @returns {string | undefined}
 */
export function nodeTooOld(version) {
  if (Number(version.split('.')[0]) >= NEEDED) return undefined;
  return `Clusterwise needs Node.js ${NEEDED} or newer; this is ${version}. Run “npm ci”, which brings one along, or install it from https://nodejs.org.`;
}
