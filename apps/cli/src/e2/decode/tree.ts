/** A line of a tree, and the lines below it. */
export interface TreeNode {
  readonly text: string;
  readonly children?: readonly TreeNode[];
}

const INDENT = '  ';

/** The tree as lines, two spaces a level; ends with a newline. */
export function formatTree(node: TreeNode): string {
  const lines: string[] = [];
  addLines(lines, node, '');
  return `${lines.join('\n')}\n`;
}

function addLines(lines: string[], { text, children = [] }: TreeNode, indent: string): void {
  lines.push(indent + text);
  for (const child of children) addLines(lines, child, indent + INDENT);
}
