import { Deployment, StatefulSet } from 'kubernetes-models/apps/v1';
import { ConfigMap, Secret, Service } from 'kubernetes-models/v1';

/** A manifest, as far as these tests look at it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> };
  // What is asserted about is what is not known yet.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly [key: string]: any;
}

const MODELS = { Deployment, StatefulSet, ConfigMap, Secret, Service };

/** An object's keys that its validator has not looked at. */
interface Watched {
  readonly path: string;
  readonly unread: Set<string>;
}

/**
 * What Kubernetes would not understand of a manifest: fields that are missing or of a wrong type, by the API's
 * schemas, and fields that no schema knows, which the API server would drop or refuse.
 */
export function faultsOf(manifest: Manifest): string[] {
  const { apiVersion, kind, metadata } = manifest;
  const where = `${kind} ${metadata.name}`;
  const model = MODELS[kind as keyof typeof MODELS] as (typeof MODELS)[keyof typeof MODELS] | undefined;
  if (model?.apiVersion !== apiVersion) return [`${where}: unknown kind of ${apiVersion}`];
  const watched: Watched[] = [];
  try {
    // The validators are compiled code that reads every field that it knows.
    (model.prototype as { validate(): void }).validate.call(watch(manifest, '', watched));
  } catch (error) {
    return [`${where}: ${(error as Error).message}`];
  }
  return watched.flatMap(({ path, unread }) =>
    [...unread].map((key) => `${where}: ${path}/${key} is unknown`),
  );
}

function watch<T extends object>(object: T, path: string, watched: Watched[]): T {
  const unread = new Set(Object.keys(object));
  watched.push({ path, unread });
  const children = new Map<string, object>();
  return new Proxy(object, {
    get(target, key, receiver) {
      const value = Reflect.get(target, key, receiver) as unknown;
      if (typeof key !== 'string') return value;
      unread.delete(key);
      if (typeof value !== 'object' || value === null) return value;
      const child = children.get(key) ?? watch(value, `${path}/${key}`, watched);
      children.set(key, child);
      return child;
    },
  });
}
