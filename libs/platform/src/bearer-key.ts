/** The key in an `Authorization: Bearer` header. */
export function bearerKey(authorization: string): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
}
