/** More than any gNB has; what is beyond is not read, but counted. */
export const MAX_UES = 1_024;
