import { z } from 'zod';
import { rest } from '../src/arguments.ts';
import { command } from '../src/command.ts';

export default command({
  name: 'ask',
  summary: 'a question in your own words, answered with its source, or an honest “I don’t know”',
  args: z.object({ sentence: rest({ label: 'the question', show: 'QUESTION', question: 'What is your question?' }) }),
  examples: [
    {
      ask: '/ask how many PRs for 2 hosts with 2 channels and 4 CSVs?',
      headline: '2 hosts x 1 module x 2 connections x 4 CSVs = 16 persistent reservations.',
    },
    {
      ask: '/ask do I really need datacenter for 2 nodes and 8 vms?',
      headline:
        'Windows Server 2016 and later, 2 hosts, 8 VMs: Standard 64 core licences per host (128 in all) or Datacenter 16 core licences per host (32 in all).',
    },
  ],
  async answer({ sentence }, { askSentence, commands }) {
    const answer = await askSentence(sentence);
    const usage = commands.find(({ name }) => name === 'ask')?.usage ?? '';
    return answer.problem === 'input' ? { ...answer, facts: [...(answer.facts ?? []), ['Usage', usage]] } : answer;
  },
});
