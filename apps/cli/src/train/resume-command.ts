/** The command line that goes on with a training, as a shell takes it. @param args of the one that was stopped */
export function resumeCommand(args: readonly string[]): string {
  const all = args.includes('--resume') ? args : [...args, '--resume'];
  return ['ricochet', ...all.map(quoted)].join(' ');
}

function quoted(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;
}
