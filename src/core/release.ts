/** The releases of Windows Server that the bot tells apart, oldest first. */
export const windowsReleaseNames = ['2008 R2', '2012', '2012 R2', '2016', '2019', '2022', '2025'] as const;
export type WindowsRelease = (typeof windowsReleaseNames)[number];

/** The words people use for each. The order is that of the names: JavaScript puts keys that look like numbers first. */
export const windowsReleases: Record<WindowsRelease, string[]> = {
  '2008 R2': phrases('2008 r2', '2008r2', '2008'),
  '2012': phrases('2012'),
  '2012 R2': phrases('2012 r2', '2012r2'),
  '2016': phrases('2016'),
  '2019': phrases('2019'),
  '2022': phrases('2022'),
  '2025': phrases('2025'),
};

/** The releases of Virtual Machine Manager that the bot tells apart, oldest first. */
export const vmmReleaseNames = ['2012', '2012 R2', '2016', '2019', '2022', '2025'] as const;
export type VmmRelease = (typeof vmmReleaseNames)[number];

/** The words people use for each. */
export const vmmReleases: Record<VmmRelease, string[]> = {
  '2012': ['2012', 'vmm 2012', 'scvmm 2012'],
  '2012 R2': ['2012 r2', '2012r2', 'vmm 2012 r2', 'scvmm 2012 r2'],
  '2016': ['2016', 'vmm 2016', 'scvmm 2016'],
  '2019': ['2019', 'vmm 2019', 'scvmm 2019'],
  '2022': ['2022', 'vmm 2022', 'scvmm 2022'],
  '2025': ['2025', 'vmm 2025', 'scvmm 2025'],
};

function phrases(...names: string[]): string[] {
  return names.flatMap((name) => [
    name,
    `server ${name}`,
    `windows ${name}`,
    `windows server ${name}`,
    `ws${name}`,
    `w${name}`,
  ]);
}
