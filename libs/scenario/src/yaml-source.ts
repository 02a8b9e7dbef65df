import { type Document, isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import { ScenarioError, type ScenarioProblem } from './scenario.error.js';

/** Where a node starts in the text, both 1-based. */
export interface SourcePosition {
  readonly line: number;
  readonly column: number;
}

/** A YAML text as plain values that still knows where each of them stands. */
export interface YamlSource {
  /** The document as plain JavaScript values. */
  readonly value: unknown;
  /** The start of the value at a path, or of the deepest part of the path that exists. */
  positionOf(path: readonly PropertyKey[]): SourcePosition;
  /** The start of the key of the value at a path, or of the deepest part of the path that exists. */
  keyPositionOf(path: readonly PropertyKey[]): SourcePosition;
}

/** Reads one YAML document. @throws ScenarioError naming each syntax error and each key given twice. */
export function readYaml(text: string, fileName: string): YamlSource {
  const lines = new LineCounter();
  try {
    // `error` keeps the library from writing warnings to the process.
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
    const faults = [...document.errors, ...document.warnings];
    if (faults.length > 0) {
      throw new ScenarioError(
        fileName,
        faults.map((fault) => syntaxProblem(fault, positionAt(lines, fault.pos[0]), text)),
      );
    }
    const value: unknown = document.toJS();
    const offsetOf = (path: readonly PropertyKey[]) => locate(document, path);
    return {
      value,
      positionOf: (path) => positionAt(lines, offsetOf(path).value),
      keyPositionOf: (path) => positionAt(lines, offsetOf(path).key),
    };
  } catch (error) {
    if (error instanceof ScenarioError) throw error;
    // What the library throws rather than collects: aliases without anchor or without end, endless nesting.
    const message = `not readable as YAML: ${firstLine(String(error))}`;
    throw new ScenarioError(fileName, [{ line: 1, column: 1, path: '', message }], { cause: error });
  }
}

function syntaxProblem(
  fault: { readonly code: string; readonly pos: readonly [number, number]; readonly message: string },
  position: SourcePosition,
  text: string,
): ScenarioProblem {
  const key = /^[^\s:]*/.exec(text.slice(fault.pos[0], fault.pos[0] + 80))?.[0] ?? '';
  const message =
    fault.code === 'DUPLICATE_KEY' ? `key "${key}" is given twice` : `YAML: ${firstLine(fault.message)}`;
  return { ...position, path: '', message };
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

function positionAt(lines: LineCounter, offset: number): SourcePosition {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

/** Offsets of the key and of the value at a path; of its nearest ancestor where the path ends early. */
function locate(document: Document.Parsed, path: readonly PropertyKey[]): { key: number; value: number } {
  let node: unknown = document.contents;
  let offsets = { key: startOf(node) ?? 0, value: startOf(node) ?? 0 };
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (pair === undefined) break;
      const key = startOf(pair.key) ?? offsets.key;
      offsets = { key, value: startOf(pair.value) ?? key };
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      const value = startOf(node);
      if (value === undefined) break;
      offsets = { key: value, value };
    } else {
      break;
    }
  }
  return offsets;
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}
