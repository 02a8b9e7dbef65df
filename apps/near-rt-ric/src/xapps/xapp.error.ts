import { RicochetError } from '@ricochet/platform';

/** What is wrong with what an operator asked for, stable for programs. */
export type XAppErrorCode =
  /** No such xApp, version or deployment. */
  | 'XAPP_UNKNOWN'
  /** Neither folder nor tarball, or its contents are not as they must be. */
  | 'XAPP_PACKAGE_INVALID'
  /** The configuration breaks the package's schema, or the priority is none. */
  | 'XAPP_CONFIG_INVALID'
  /** It can not be done as things stand: deployed already, still in use, nothing to go back to. */
  | 'XAPP_CONFLICT'
  /** It asks for more than the operator allows. */
  | 'XAPP_NOT_ALLOWED'
  /** The disk is full. */
  | 'XAPP_NO_ROOM';

/** One line: what can not be done, and why. */
export class XAppError extends RicochetError {
  declare readonly code: XAppErrorCode;

  constructor(code: XAppErrorCode, message: string, options?: ErrorOptions) {
    super(code, message, options);
  }
}
