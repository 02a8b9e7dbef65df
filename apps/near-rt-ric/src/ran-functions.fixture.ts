import { type RanFunctionItem } from '@ricochet/e2ap';
import { kpm, rc, ricochet, SLICE_PRB_QUOTA, SLICE_PRB_QUOTA_PARAMETERS } from '@ricochet/e2sm';
import { type SNssai } from '@ricochet/ran-types';

const named = ({ shortName, oid }: { readonly shortName: string; readonly oid: string }) => ({
  shortName,
  e2smOid: oid,
  description: 'test',
});

/** KPM with report style 1, and 4 where `ueMeasurements` are given. */
export function kpmFunction(
  measurements: readonly string[] = ['A', 'B'],
  {
    ranFunctionId = 22,
    ueMeasurements = [],
    oid = kpm.oid,
  }: { ranFunctionId?: number; ueMeasurements?: readonly string[]; oid?: string } = {},
): RanFunctionItem {
  const style = (type: number, names: readonly string[], messageFormat: number) => ({
    type,
    name: `style ${type}`,
    actionFormatType: type,
    measurements: names.map((measName) => ({ measName })),
    indicationHeaderFormatType: 1,
    indicationMessageFormatType: messageFormat,
  });
  const reportStyles = [style(1, measurements, 1)];
  if (ueMeasurements.length > 0) reportStyles.push(style(4, ueMeasurements, 3));
  return {
    ranFunctionId,
    ranFunctionRevision: 1,
    ranFunctionOid: oid,
    ranFunctionDefinition: kpm.ranFunctionDefinition.encode({
      ranFunctionName: named(kpm),
      eventTriggerStyles: [{ type: 1, name: 'periodic', formatType: 1 }],
      reportStyles,
    }),
  };
}

/** RC with the slice-level PRB quota alone, of a control style that may be another. */
export function rcFunction(styleType: number = SLICE_PRB_QUOTA.ricStyleType): RanFunctionItem {
  const quota = {
    id: SLICE_PRB_QUOTA.ricControlActionId,
    name: 'Slice-level PRB quota',
    ranParameters: [...SLICE_PRB_QUOTA_PARAMETERS],
  };
  return {
    ranFunctionId: 3,
    ranFunctionRevision: 1,
    ranFunctionOid: rc.oid,
    ranFunctionDefinition: rc.ranFunctionDefinition.encode({
      ranFunctionName: named(rc),
      controlStyles: [
        {
          type: styleType,
          name: 'control',
          headerFormatType: 1,
          messageFormatType: 1,
          outcomeFormatType: 1,
          actions: [quota],
        },
      ],
    }),
  };
}

export function weightsFunction(slices: readonly SNssai[]): RanFunctionItem {
  return {
    ranFunctionId: 200,
    ranFunctionRevision: 1,
    ranFunctionOid: ricochet.oid,
    ranFunctionDefinition: ricochet.ranFunctionDefinition.encode({
      ranFunctionName: named(ricochet),
      slices: [...slices],
    }),
  };
}
