import { ieName, procedureName } from './e2ap-names.js';
import { count, hexLines, hexText } from './hex-lines.js';
import { headOf, type DecodedPdu, type ReadPdu, type UnreadPdu } from './pdu-decoder.js';
import { type TreeNode } from './tree.js';
import { ieNodes } from './value-tree.js';

/** Octets of an IE that are shown in the line that names it. */
const MAX_INLINE_OCTETS = 32;

/** A PDU as a tree: the message, its IEs, what the service models say in them. */
export function pduTree(pdu: DecodedPdu): TreeNode {
  return 'reason' in pdu ? unreadTree(pdu) : readTree(pdu);
}

function readTree(pdu: ReadPdu): TreeNode {
  const { octets, message, value, ranFunction, names, ignored, criticalities } = pdu;
  const { procedureCode, choice } = headOf(message);
  const notes = ranFunction === undefined ? {} : { ranFunctionId: functionText(ranFunction) };
  const passedOver = ignored.map(({ id, criticality, bitOffset }) => ({
    text: `unknown IE ${id} (criticality ${criticality}, at bit ${bitOffset}): passed over`,
  }));
  const otherwise = Object.entries(criticalities).map(([of, criticality]) => ({
    text: `${of === 'procedure' ? 'the procedure' : `${ieName(Number(of))} (IE ${of})`} has the criticality ${criticality}, which the standard has not`,
  }));
  return {
    text: `${message}: ${choice}, procedure ${procedureCode} ${procedureName(procedureCode)}, ${count(octets)}`,
    children: [...ieNodes(value, names, notes), ...passedOver, ...otherwise],
  };
}

function functionText({ model, words }: NonNullable<ReadPdu['ranFunction']>): string {
  return model === undefined ? words : `${model.shortName}, ${words}`;
}

function unreadTree({ octets, reason, claimed, ies }: UnreadPdu): TreeNode {
  const name =
    claimed === undefined ? 'no E2AP PDU' : (claimed.message ?? `procedure ${claimed.procedureCode}`);
  const children = [{ text: `not decoded: ${reason}` }];
  if (ies.length === 0) return { text: `${name}: ${count(octets)}`, children: [...children, ...hex(octets)] };
  return {
    text: `${name}: ${count(octets)}`,
    children: [
      ...children,
      ...ies.map(({ id, criticality, octets: content }) => {
        const text = `${ieName(id)} (IE ${id}, ${criticality}): ${count(content)}`;
        return content.length > MAX_INLINE_OCTETS
          ? { text, children: hex(content) }
          : { text: `${text}: ${hexText(content)}` };
      }),
    ],
  };
}

const hex = (octets: Uint8Array): TreeNode[] => hexLines(octets).map((text) => ({ text }));
