import { z } from 'zod';
import { source } from './source.ts';

export const vmmPack = z.strictObject({ sources: z.array(source).min(1) });
