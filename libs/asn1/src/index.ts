export { Asn1Error, within, type Asn1ErrorCode, type Asn1ErrorDetails } from './asn1-error.js';
export { criticalities, type Criticality } from './information-objects/criticality.js';
export { ie, type Ie } from './information-objects/ie.js';
export { ieContainer, ieMessage, type IeTable, type InferIes } from './information-objects/ie-container.js';
export { ieList } from './information-objects/ie-list.js';
export { pduTable, type InferPdu, type Pdu, type PduTable } from './information-objects/pdu-table.js';
export { BitReader, type IgnoredIe, type ReaderOptions } from './per/bit-reader.js';
export { BitWriter } from './per/bit-writer.js';
export { decodePer, encodePer, type WriterOptions } from './per/complete-encoding.js';
export { readFragments, readLength, writeFragments, writeLength } from './per/length.js';
export { beginOpen, endOpen, readOpen, skipOpen, writeOpen } from './per/open-type.js';
export { type SentForms } from './per/sent-forms.js';
export { type Range, type Size } from './per/range.js';
export {
  constrainedReader,
  constrainedWriter,
  readNormallySmall,
  writeNormallySmall,
} from './per/whole-number.js';
export { defineType, outOfConstraint, refuse, type Infer, type Type } from './type.js';
export { group, type Additions, type Group } from './types/additions.js';
export { bigInteger, type BigRange } from './types/big-integer.js';
export { bitNumber, bitString, type BitString } from './types/bit-string.js';
export { bitText, sizedNumber, type SizedNumber } from './types/bit-values.js';
export { boolean } from './types/boolean.js';
export { ia5String, numericString, printableString, visibleString } from './types/character-string.js';
export { choice, type Alternatives, type InferChoice } from './types/choice.js';
export { enumerated, type UnknownEnumerated } from './types/enumerated.js';
export {
  optional,
  withDefault,
  type Defaulted,
  type Field,
  type Fields,
  type Flat,
  type InferFields,
  type Optional,
} from './types/fields.js';
export { flattened, type Flattened } from './types/flattened.js';
export { fromHex, hexOctets, isHex, octetNumber, toHex } from './types/hex-octets.js';
export { integer } from './types/integer.js';
export { lazy } from './types/lazy.js';
export { mapped, type Mapping } from './types/mapped.js';
export { named } from './types/named.js';
export { nullType } from './types/null.js';
export { objectIdentifier } from './types/object-identifier.js';
export { octetString } from './types/octet-string.js';
export { containing, openType } from './types/open-type.js';
export { real } from './types/real.js';
export { assertObject, sequence } from './types/sequence.js';
export { sequenceOf } from './types/sequence-of.js';
export { soleField } from './types/sole-field.js';
export { utf8String } from './types/utf8-string.js';
