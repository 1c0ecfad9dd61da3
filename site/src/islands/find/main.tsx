import '../shared/no-eval.ts';
import { mount } from '../shared/mount.tsx';
import { readPageData } from '../shared/page-data.ts';
import { Find } from './Find.tsx';

mount(<Find page={readPageData()} />);
