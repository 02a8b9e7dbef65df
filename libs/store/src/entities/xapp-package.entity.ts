import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { JsonValue } from '../records.js';

@Entity('xapp_package')
export class XAppPackageEntity {
  @PrimaryColumn('varchar')
  name!: string;

  @PrimaryColumn('varchar')
  version!: string;

  @Column('varchar')
  digest!: string;

  @Column('text')
  path!: string;

  @Column('boolean')
  builtin!: boolean;

  @Column('simple-json')
  descriptor!: JsonValue;

  @Column('simple-json', { nullable: true })
  controlsSchema!: JsonValue | null;

  @Column('double precision')
  onboardedAtMs!: number;
}
