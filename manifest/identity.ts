/** What the bot is called and looks like, wherever it is installed. */
export const identity = {
  name: 'Clusterwise',
  /** At most 80 characters, for Teams. */
  description: 'Answers for Hyper-V clusters, with the arithmetic and the source.',
  colour: '#1f3a5f',
} as const;
