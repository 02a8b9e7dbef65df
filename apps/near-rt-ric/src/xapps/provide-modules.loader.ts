import { register, type ResolveHook } from 'node:module';
import { isMainThread } from 'node:worker_threads';
import { PROVIDED } from './provided-modules.js';

/*
 * Imported before a package that was taken in by reference and does not find what others are provided with: no link can be
 * put into its folder, which is its author's. Imports of the provided modules that lead nowhere lead to ours.
 */

// It is loaded once more, as the hook, in a thread of Node's own.
if (isMainThread) register(import.meta.url);

export const resolve: ResolveHook = async (specifier, context, next) => {
  try {
    return await next(specifier, context);
  } catch (error) {
    const isProvided = PROVIDED.some((name) => specifier === name || specifier.startsWith(`${name}/`));
    const isMissing = (error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND';
    if (!isProvided || !isMissing) throw error;
    return next(specifier, { ...context, parentURL: import.meta.url });
  }
};
