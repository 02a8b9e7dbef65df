import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { makeFolder } from '@ricochet/platform';

/**
 * Where this user's data folders in use are noted, by process, so that commands find them from anywhere.
 * @throws Error the user has no home
 */
function notesFolder(): string {
  const state = process.env['XDG_STATE_HOME'];
  // As the XDG base directory specification has it, a relative path does not count.
  const root = state !== undefined && isAbsolute(state) ? state : join(homedir(), '.local', 'state');
  return join(root, 'ricochet', 'running');
}

/** Notes that this process works in a data folder. What is given back removes the note. */
export function noteRunning(path: string): () => void {
  try {
    const note = join(notesFolder(), String(process.pid));
    makeFolder(notesFolder(), 0o700);
    writeFileSync(note, `${path}\n`);
    return () => drop(note);
  } catch {
    // Without a home the folder is found by --data alone.
    return () => undefined;
  }
}

/** The data folders that were noted by processes that run. */
export function notedFolders(): readonly string[] {
  return notes().flatMap((pid) => {
    const note = join(notesFolder(), pid);
    try {
      process.kill(Number(pid), 0);
      return readFileSync(note, 'utf8').trim();
    } catch {
      drop(note);
      return [];
    }
  });
}

function drop(note: string): void {
  try {
    rmSync(note, { force: true });
  } catch {
    // A note of a process that does not run is not believed.
  }
}

function notes(): string[] {
  try {
    return readdirSync(notesFolder()).filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}
