import { isDeepStrictEqual } from 'node:util';
import { type RicApi } from '../xapp/ric-api.js';
import { settledXApp } from '../xapp/settled-xapp.js';
import { type PackageAnswer, type XAppAnswer } from '../xapp/xapp-answers.js';
import { type XAppChange } from './recording-header.js';

/**
 * Replaces an xApp by another version or configuration while simulation time stands still, and waits until the old one
 * has ended and the new one serves. @throws CliError it does not come to serve
 */
export async function changeXApp(api: RicApi, change: XAppChange): Promise<void> {
  const { xapp, version, config, package: source } = change;
  if (source !== undefined) await api.send<PackageAnswer>('POST', '/packages', { path: source.path });
  const before = await api.get<XAppAnswer>(`/xapps/${xapp}`);
  const wanted = { version: version ?? before.version, config: config ?? before.config };
  if (version !== undefined && version !== before.version) {
    await api.send('POST', `/xapps/${xapp}/upgrade`, { version, ...(config !== undefined && { config }) });
  } else {
    await api.send('PUT', `/xapps/${xapp}/config`, { config: wanted.config });
  }
  await settledXApp(
    api,
    xapp,
    ({ state, instances, ...now }) =>
      state === 'running' &&
      instances.length === 1 &&
      instances[0]?.version === wanted.version &&
      now.version === wanted.version &&
      isDeepStrictEqual(now.config, wanted.config),
  );
}
