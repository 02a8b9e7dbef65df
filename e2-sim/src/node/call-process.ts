import { rc } from '@ricochet/e2sm';

/** In the form that E2SM-RC asks for; KPM leaves it to us. */
export function callProcessOctets(ranCallProcessId: number): Uint8Array {
  return rc.callProcessId.encode({ format1: { ranCallProcessId } });
}

/** 0, which is no number of ours, for what somebody else made. */
export function callProcessNumber(octets: Uint8Array): number {
  try {
    return rc.callProcessId.decode(octets).format1.ranCallProcessId;
  } catch {
    return 0;
  }
}
