import { aperCodec } from './aper-codec.js';
import { type E2apCodec } from './codec.js';
import { jsonCodec } from './json-codec.js';

export const E2_CODEC_NAMES = ['aper', 'json'] as const;
export type E2CodecName = (typeof E2_CODEC_NAMES)[number];

/** Codecs by the names that configurations have for them. */
export const e2apCodecs: Readonly<Record<E2CodecName, E2apCodec>> = { aper: aperCodec, json: jsonCodec };
