import {
  choice,
  hexOctets,
  type Infer,
  integer,
  optional,
  sequence,
  sequenceOf,
  soleField,
} from '@ricochet/asn1';
import { cellRnti } from './cell-ids.js';
import { guami, gummei } from './core-ids.js';
import { globalEnbId, globalGnbId, globalNgEnbId, globalNgRanNodeId } from './node-ids.js';

const id32 = integer({ min: 0, max: 0xffff_ffff });
const amfUeNgapId = integer({ min: 0, max: 2 ** 40 - 1 });
const x2apId = integer({ min: 0, max: 4095 });
const x2apIdExtension = integer({ min: 0, max: 4095, extensible: true });
const ranUeId = hexOctets(8);
const e1apIds = sequenceOf(soleField(id32), { min: 1, max: 65_535 });
const f1apIds = sequenceOf(soleField(id32), { min: 1, max: 4 });

/** A UE as a gNB or its CU knows it (E2SM). */
const gnbUeId = sequence(
  {
    amfUeNgapId,
    guami,
    gnbCuUeF1apIds: optional(f1apIds),
    gnbCuCpUeE1apIds: optional(e1apIds),
    ranUeId: optional(ranUeId),
    mNgRanUeXnapId: optional(id32),
    globalGnbId: optional(globalGnbId),
  },
  { globalNgRanNodeId: optional(globalNgRanNodeId), cellRnti: optional(cellRnti) },
);

/** A UE as a gNB-DU knows it. */
const gnbDuUeId = sequence(
  { gnbCuUeF1apId: id32, ranUeId: optional(ranUeId) },
  { cellRnti: optional(cellRnti) },
);

const gnbCuUpUeId = sequence({ gnbCuCpUeE1apId: id32, ranUeId: optional(ranUeId) }, {});

const ngEnbUeId = sequence(
  {
    amfUeNgapId,
    guami,
    ngEnbCuUeW1apId: optional(id32),
    mNgRanUeXnapId: optional(id32),
    globalNgEnbId: optional(globalNgEnbId),
  },
  { globalNgRanNodeId: optional(globalNgRanNodeId), cellRnti: optional(cellRnti) },
);

const ngEnbDuUeId = sequence({ ngEnbCuUeW1apId: id32 }, { cellRnti: optional(cellRnti) });

const enGnbUeId = sequence(
  {
    mEnbUeX2apId: x2apId,
    mEnbUeX2apIdExtension: optional(x2apIdExtension),
    globalEnbId,
    gnbCuUeF1apId: optional(id32),
    gnbCuCpUeE1apIds: optional(e1apIds),
    ranUeId: optional(ranUeId),
  },
  { cellRnti: optional(cellRnti) },
);

const enbUeId = sequence(
  {
    mmeUeS1apId: id32,
    gummei,
    mEnbUeX2apId: optional(x2apId),
    mEnbUeX2apIdExtension: optional(x2apIdExtension),
    globalEnbId: optional(globalEnbId),
  },
  { cellRnti: optional(cellRnti) },
);

/** UE ID (E2SM): by the kind of node that knows the UE. */
export const ueId = choice(
  { gnbUeId, gnbDuUeId, gnbCuUpUeId, ngEnbUeId, ngEnbDuUeId, enGnbUeId, enbUeId },
  {},
);
export type UeId = Infer<typeof ueId>;

/** Partial UE ID (E2SM v4 on): what is known of a UE. */
export const partialUeId = sequence(
  {
    amfUeNgapId: optional(amfUeNgapId),
    guami: optional(guami),
    gnbCuUeF1apId: optional(id32),
    gnbCuCpUeE1apId: optional(id32),
    ranUeId: optional(ranUeId),
    mNgRanUeXnapId: optional(id32),
    globalNgRanNodeId: optional(globalNgRanNodeId),
    cellRnti: optional(cellRnti),
    ngEnbCuUeW1apId: optional(id32),
    mEnbUeX2apId: optional(x2apId),
    mEnbUeX2apIdExtension: optional(x2apIdExtension),
    globalEnbId: optional(globalEnbId),
    mmeUeS1apId: optional(id32),
    gummei: optional(gummei),
  },
  {},
);

/** The number by which the node that sent the id knows its UE. */
export function ueNumber(id: UeId): number {
  if ('gnbDuUeId' in id) return id.gnbDuUeId.gnbCuUeF1apId;
  if ('gnbUeId' in id) return id.gnbUeId.amfUeNgapId;
  if ('gnbCuUpUeId' in id) return id.gnbCuUpUeId.gnbCuCpUeE1apId;
  if ('ngEnbUeId' in id) return id.ngEnbUeId.amfUeNgapId;
  if ('ngEnbDuUeId' in id) return id.ngEnbDuUeId.ngEnbCuUeW1apId;
  if ('enGnbUeId' in id) return id.enGnbUeId.mEnbUeX2apId;
  return id.enbUeId.mmeUeS1apId;
}
