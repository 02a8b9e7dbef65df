import { Asn1Error, within } from '../asn1-error.js';
import { readOpen, writeOpen } from '../per/open-type.js';
import { type Size, sizeBounds } from '../per/range.js';
import { sizeCodec } from '../per/size.js';
import { defineType, refuse, type Type } from '../type.js';
import { type Ie, ieMinBits, readIeId, readKnownCriticality, writeIeHeader } from './ie.js';
import { skipUnknownIe } from './ie-container.js';

/**
 * SEQUENCE (SIZE (...)) OF ProtocolIE-SingleContainer of one item type, as an array of the items. Unknown
 * ids are handled as in `ieContainer`; too few known ones are an error.
 */
export function ieList<T>(item: Ie<T>, size: Size): Type<T[]> {
  const bounds = sizeBounds(size);
  if (bounds.max > 65_535 || bounds.extensible) {
    throw new Asn1Error('ASN1_SCHEMA', 'a list of IEs has at most 65535 and is not extensible');
  }
  const count = sizeCodec(bounds, 'items');
  return defineType<T[]>({
    minBits: count.minBits(ieMinBits),
    encode(writer, items) {
      if (!Array.isArray(items)) refuse(items, 'an array');
      count.write(writer, items.length);
      for (let index = 0; index < items.length; index++) {
        writeIeHeader(writer, item);
        try {
          writeOpen(writer, item.type, items[index]!);
        } catch (error) {
          throw within(error, index);
        }
      }
    },
    decode(reader) {
      const length = count.read(reader);
      reader.needElements(length, ieMinBits);
      const items: T[] = [];
      for (let index = 0; index < length; index++) {
        const id = readIeId(reader);
        try {
          if (id !== item.id) skipUnknownIe(reader, id);
          else {
            readKnownCriticality(reader, item);
            items.push(readOpen(reader, item.type));
          }
        } catch (error) {
          throw within(error, index);
        }
      }
      if (items.length < Math.min(length, bounds.min)) {
        const known = `${items.length} of ${length}`;
        return reader.fail('ASN1_CONSTRAINT', `expected ${bounds.min} items or more, found ${known} known`);
      }
      return items;
    },
  });
}
