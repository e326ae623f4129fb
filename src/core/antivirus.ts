import { z } from 'zod';
import { source } from './source.ts';

export const antivirusPack = z.strictObject({ sources: z.array(source).min(1) });
