import { z } from 'zod';

/** A package that runs as a child process, as a host's environment lists them. */
export const deploymentSchema = z.strictObject({
  /** Folder of the package; its `main` is what runs. */
  path: z.string(),
  name: z.string(),
  config: z.record(z.string(), z.unknown()).default({}),
});
export type Deployment = Readonly<z.infer<typeof deploymentSchema>>;
