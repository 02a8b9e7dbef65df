import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where this user's data folders in use are noted, by process, so that commands find them from anywhere. */
const notesFolder = (): string =>
  join(process.env['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state'), 'ricochet', 'running');

/** Notes that this process works in a data folder. What is given back removes the note. */
export function noteRunning(path: string): () => void {
  const note = join(notesFolder(), String(process.pid));
  try {
    mkdirSync(notesFolder(), { recursive: true, mode: 0o700 });
    writeFileSync(note, `${path}\n`);
  } catch {
    // Without a home the folder is found by --data alone.
  }
  return () => rmSync(note, { force: true });
}

/** The data folders that were noted by processes that run. */
export function notedFolders(): readonly string[] {
  return notes().flatMap((pid) => {
    const note = join(notesFolder(), pid);
    try {
      process.kill(Number(pid), 0);
      return readFileSync(note, 'utf8').trim();
    } catch {
      rmSync(note, { force: true });
      return [];
    }
  });
}

function notes(): string[] {
  try {
    return readdirSync(notesFolder()).filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}
