import type { Nominations } from '@elekto/election';
import type { NominationForm } from '../../data/prepared.ts';
import type { SourceOfFiles } from '../../git-host.ts';
import type { Texts } from '../../texts/index.ts';
import type { PageData } from '../shared/page-data.ts';

/** What the page hands to its island: nothing that is not in the repository. */
export interface NominateData {
  readonly key: string;
  readonly folder: string;
  /** Null where nobody can tell where people can read the repository. */
  readonly repository: SourceOfFiles | null;
  readonly commit: string;
  readonly nominations: Nominations;
  readonly form: NominationForm;
  readonly opensAt: number;
  readonly closesAt: number;
  readonly contentLang: string;
}

export interface NominateTexts {
  readonly nominate: Texts['nominate'];
  readonly candidate: Pick<Texts['candidate'], 'noBio'>;
}
export type NominatePage = PageData<NominateData, NominateTexts>;
