import { Asn1Error, type BitString, decodePer, encodePer, named, type Type } from '@ricochet/asn1';
import { type NrCgi } from '@ricochet/ran-types';
import { E2apDecodeError } from '../decode-error.js';
import {
  duConfigurationUpdate,
  duConfigurationUpdateAcknowledge,
  F1_PROCEDURE,
  f1apPdu,
  type F1apPdu,
  f1SetupRequest,
  f1SetupResponse,
} from './f1-messages.js';
import { type F1ServedCell } from './served-cell.js';

/** What a gNB-DU tells of itself when it sets up F1. */
export interface F1Setup {
  readonly gnbDuId: number;
  readonly gnbDuName?: string | undefined;
  readonly servedCells: readonly F1ServedCell[];
}

/** What a gNB-DU tells later: which of its cells are in service. */
export interface F1CellStatus {
  readonly gnbDuId?: number | undefined;
  readonly cells: readonly { readonly nrCgi: NrCgi; readonly active: boolean }[];
}

/** Both messages of an F1 procedure, as a component configuration of E2AP has them. */
export interface F1Exchange {
  readonly requestPart: Uint8Array;
  readonly responsePart: Uint8Array;
}

const RRC_VERSION: { readonly latestRrcVersion: BitString } = {
  latestRrcVersion: { octets: new Uint8Array(1), bits: 3 },
};
const TRANSACTION = { transactionId: 0 };

/** F1 SETUP REQUEST and RESPONSE (TS 38.473 clauses 9.2.1.4 and 9.2.1.5). @throws {Asn1Error} */
export function encodeF1Setup({ gnbDuId, gnbDuName, servedCells }: F1Setup): F1Exchange {
  const request = {
    ...TRANSACTION,
    gnbDuId,
    ...(gnbDuName !== undefined && { gnbDuName }),
    ...(servedCells.length > 0 && { servedCells: servedCells.map((servedCell) => ({ servedCell })) }),
    gnbDuRrcVersion: RRC_VERSION,
  };
  const response = { ...TRANSACTION, gnbCuRrcVersion: RRC_VERSION };
  return exchange(
    F1_PROCEDURE.setup,
    encodePer(f1SetupRequest, request),
    encodePer(f1SetupResponse, response),
  );
}

/** GNB-DU CONFIGURATION UPDATE and ACKNOWLEDGE (clauses 9.2.1.7 and 9.2.1.8). @throws {Asn1Error} */
export function encodeF1CellStatus({ gnbDuId, cells }: F1CellStatus): F1Exchange {
  const update = {
    ...TRANSACTION,
    cellStatuses: cells.map(({ nrCgi, active }) => ({
      nrCgi,
      serviceStatus: { serviceState: active ? ('in-service' as const) : ('out-of-service' as const) },
    })),
    ...(gnbDuId !== undefined && { gnbDuId }),
  };
  return exchange(
    F1_PROCEDURE.duConfigurationUpdate,
    encodePer(duConfigurationUpdate, update),
    encodePer(duConfigurationUpdateAcknowledge, TRANSACTION),
  );
}

/**
 * What the request part of a DU's F1 component tells.
 * @throws {E2apDecodeError} also for other messages of F1
 */
export function decodeF1Request(octets: Uint8Array): F1Setup | F1CellStatus {
  const pdu = decode('F1AP', f1apPdu, octets);
  if ('initiatingMessage' in pdu) {
    const { procedureCode, value } = pdu.initiatingMessage;
    if (procedureCode === F1_PROCEDURE.setup) return setupOf(value);
    if (procedureCode === F1_PROCEDURE.duConfigurationUpdate) return statusOf(value);
  }
  throw new E2apDecodeError(`F1AP: expected a set-up or configuration update of a DU, found ${nameOf(pdu)}`);
}

function setupOf(octets: Uint8Array): F1Setup {
  const { gnbDuId, gnbDuName, servedCells = [] } = decode('F1SetupRequest', f1SetupRequest, octets);
  return { gnbDuId, gnbDuName, servedCells: servedCells.map(({ servedCell }) => servedCell) };
}

function statusOf(octets: Uint8Array): F1CellStatus {
  const name = 'GNBDUConfigurationUpdate';
  const { gnbDuId, cellStatuses = [] } = decode(name, duConfigurationUpdate, octets);
  return {
    gnbDuId,
    cells: cellStatuses.map(({ nrCgi, serviceStatus }) => ({
      nrCgi,
      active: serviceStatus.serviceState === 'in-service',
    })),
  };
}

function exchange(procedureCode: number, request: Uint8Array, response: Uint8Array): F1Exchange {
  const head = { procedureCode, criticality: 'reject' } as const;
  return {
    requestPart: encodePer(f1apPdu, { initiatingMessage: { ...head, value: request } }),
    responsePart: encodePer(f1apPdu, { successfulOutcome: { ...head, value: response } }),
  };
}

function decode<T>(name: string, type: Type<T>, octets: Uint8Array): T {
  try {
    return decodePer(named(name, type), octets);
  } catch (error) {
    if (!(error instanceof Asn1Error)) throw error;
    throw new E2apDecodeError(error.message, { cause: error });
  }
}

function nameOf(pdu: F1apPdu): string {
  if ('other' in pdu) return `extension ${pdu.other.id}`;
  const [message] = Object.entries(pdu);
  return message === undefined ? 'none' : `${message[0]} ${message[1].procedureCode}`;
}
