const LONGEST = 200;
const NAME = String.raw`[^\\/:"<>|]+`;
const DRIVE = new RegExp(String.raw`^[a-z]:\\(${NAME}(\\${NAME})*\\?)?$`, 'i');
const SHARE = new RegExp(String.raw`^\\\\[^\\/:"<>|*?]+(\\${NAME})+\\?$`, 'i');
const VOLUME = /^\\\\\?\\Volume\{[0-9a-f-]{36}\}\\?$/i;

/** Why a folder that somebody typed cannot be excluded. */
export type FolderFault = 'long' | 'unprintable' | 'no path' | 'wildcards';

/**
 * Checks a folder: behind a drive letter or a share, or a volume by its GUID; at most 200 characters, none unprintable;
 * no wildcard for the drive letter or the server, and at most `mostWildcards` of them. Undefined when it can be used.
 * Source: Defender's rules for exclusions, the reference on antivirus, section 5.3; the 200 characters are our own bound.
 * @example folderFault('*:\\VMs', 6) // 'no path'
 */
export function folderFault(path: string, mostWildcards: number): FolderFault | undefined {
  if (path.length > LONGEST) return 'long';
  if (/\p{C}/u.test(path)) return 'unprintable';
  if (VOLUME.test(path)) return undefined;
  if (!DRIVE.test(path) && !SHARE.test(path)) return 'no path';
  return (path.match(/[*?]/g)?.length ?? 0) > mostWildcards ? 'wildcards' : undefined;
}
