import { messageOf, oneLine } from '@ricochet/platform';

/** What the operating system's codes mean for the path that they come with. */
const FAULTS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EEXIST: 'is a file, where a folder is needed',
  ENOTDIR: 'lies below a file, where a folder is needed',
  EISDIR: 'is a folder, where a file is needed',
  ERR_FS_EISDIR: 'is a folder, where a file is needed',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'lies on a read-only file system',
  ENOSPC: 'no space is left on the device',
};

/**
 * What went wrong with a file or folder, in words and with its path.
 *
 * @param path that was to be used, for errors that do not tell.
 */
export function pathFault(error: unknown, path: string): string {
  const { code = '', path: told = path } = error as NodeJS.ErrnoException;
  return `${oneLine(told)}: ${FAULTS[code] ?? messageOf(error)}`;
}
