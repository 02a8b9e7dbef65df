import {
  choice,
  fromHex,
  mapped,
  octetString,
  optional,
  printableString,
  sequence,
  soleField,
  toHex,
  type Type,
} from '@ricochet/asn1';
import { dialectMessage } from './dialect.js';
import { msOfTimeStamp, timeStampOfMs } from './time-stamp.js';

interface Names {
  readonly fileFormatVersion?: string;
  readonly senderName?: string;
  readonly senderType?: string;
  readonly vendorName?: string;
}

/** Indication header format 1 (E2SM-KPM clause 8.2.1.3.1): when the reported period began, and who reports. */
export type KpmIndicationHeader = Names &
  (
    | {
        /** Simulation time in ms from the NTP epoch of the run, as our nodes send it. */
        readonly collectionStartTimeMs: number;
      }
    | {
        /** Any other TimeStamp, in hexadecimal: see `unixMsOfTimeStamp` for what real networks mean by it. */
        readonly timeStamp: string;
      }
  );

/** @param octets of the TimeStamp */
function headerWith(octets: number): Type<KpmIndicationHeader> {
  const format1 = sequence(
    {
      timeStamp: octetString(octets),
      fileFormatVersion: optional(printableString({ min: 0, max: 15, extensible: true })),
      senderName: optional(printableString({ min: 0, max: 400, extensible: true })),
      senderType: optional(printableString({ min: 0, max: 8, extensible: true })),
      vendorName: optional(printableString({ min: 0, max: 32, extensible: true })),
    },
    {},
  );
  return mapped(soleField(choice({ format1 }, {})), {
    fromWire({ format1: { timeStamp, ...names } }): KpmIndicationHeader {
      const collectionStartTimeMs = msOfTimeStamp(timeStamp);
      return collectionStartTimeMs === undefined
        ? { timeStamp: toHex(timeStamp), ...names }
        : { collectionStartTimeMs, ...names };
    },
    toWire(header) {
      if ('timeStamp' in header) {
        return { format1: { ...header, timeStamp: fromHex(header.timeStamp) } };
      }
      const { collectionStartTimeMs, ...names } = header;
      return { format1: { timeStamp: timeStampOfMs(collectionStartTimeMs), ...names } };
    },
  });
}

export const indicationHeader = dialectMessage<KpmIndicationHeader>(
  'KPM IndicationHeader',
  [
    { dialects: ['v3', 'v5', 'flexric'], type: headerWith(8), mark: 'TimeStamp of 8 octets' },
    { dialects: ['v2.03', 'v2.02', 'flexric'], type: headerWith(4), mark: 'TimeStamp of 4 octets' },
  ],
  // Without names the length of all tells that of the TimeStamp.
  (header) => Object.keys(header).length > 1,
);
