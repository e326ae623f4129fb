import { zipSync } from 'fflate';

/** An app package for Teams: the manifest and its two icons at the top of a zip. The same parts are the same bytes. */
export function teamsPackage(manifest: string, icons: { color: Uint8Array; outline: Uint8Array }): Uint8Array {
  return zipSync(
    {
      'manifest.json': new TextEncoder().encode(manifest),
      'color.png': icons.color,
      'outline.png': icons.outline,
    },
    // A zip has local times, and this one is the same in every zone.
    { level: 9, mtime: new Date(2000, 0, 1) },
  );
}
