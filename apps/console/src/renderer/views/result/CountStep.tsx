import { phrase } from '@elekto/words';
import type { CountBox } from '../../../shared/count.ts';
import { useDefinition } from '../../backend/queries.ts';
import { useNow } from '../../lib/server-clock.ts';
import { formatRelative, formatUtc } from '../../lib/time.ts';
import { Button } from '../../parts/Button.tsx';
import { Copyable } from '../../parts/Copyable.tsx';
import { Notice } from '../../parts/Notice.tsx';
import texts from '../../texts/count.json' with { type: 'json' };
import { ProposeFile } from '../keys/ProposeFile.tsx';
import { nameList } from '../keys/ceremony-words.ts';
import { NO_KEY, RefusedNotice } from './RefusedNotice.tsx';
import { TakeBackVoid } from './TakeBackVoid.tsx';

/** What an officer does in a count by a press. */
export type CountAct = 'act' | 'takeBackVoid';

interface Props {
  readonly election: string;
  readonly box: CountBox;
  readonly isBusy: boolean;
  readonly onAct: (step: CountAct) => void;
}

/** The one thing that comes next in a count, and the button that does it. */
export function CountStep({ election, box, isBusy, onAct }: Props) {
  const now = useNow();
  const { ballots, due, against, inspectedAt } = box;
  if (due === 'counted') return <Told tone="good" {...texts.counted} />;
  if (against?.code === 'act-not-on-branch') return <ProposeBox election={election} box={box} />;
  if (against?.code === 'act-inspection') return <Inspection box={box} now={now} />;
  if (against?.code === 'act-voided') {
    const takeBack = (): void => onAct('takeBackVoid');
    return <TakeBackVoid message={against.message} isBusy={isBusy} onTakeBack={takeBack} />;
  }
  if (against !== null)
    return (
      <>
        <RefusedNotice title={texts.against} answer={{ kind: 'refused', ...against }} />
        {against.code === NO_KEY && now < inspectedAt ? <Inspection box={box} now={now} /> : null}
      </>
    );
  if (due === 'wait') {
    const missing = nameList(missingIn(box));
    return <Told tone="info" title={phrase(texts.wait.title, { missing }, 'en')} text={texts.wait.text} />;
  }
  const { title, text, action } = texts[due];
  return (
    <>
      <Told tone="warn" title={title} text={phrase(text, { ballots }, 'en')} />
      <div className="actions">
        <Button tone="primary" isDisabled={isBusy} onPress={() => onAct('act')}>
          {action}
        </Button>
      </div>
    </>
  );
}

function Inspection({
  box: { ballots, inspectedAt },
  now,
}: {
  readonly box: CountBox;
  readonly now: number;
}) {
  const values = { until: formatUtc(inspectedAt), left: formatRelative(inspectedAt, now), ballots };
  return (
    <Told
      tone="info"
      title={phrase(texts.inspection.title, values, 'en')}
      text={phrase(texts.inspection.text, values, 'en')}
    />
  );
}

/** Who can do what comes next. */
function missingIn({ officers, threshold }: CountBox): string[] {
  const isMixed = officers.filter(({ mixed }) => mixed).length >= threshold;
  return officers
    .filter(({ mixed, decrypted, own }) => !own && !(isMixed ? decrypted : mixed))
    .map(({ login }) => login);
}

interface ToldProps {
  readonly tone: 'good' | 'info' | 'warn';
  readonly title: string;
  readonly text: string;
}

const Told = ({ tone, title, text }: ToldProps) => (
  <Notice tone={tone} title={title}>
    <p>{text}</p>
  </Notice>
);

/** A new file: were another box named in it, this computer would tell of two boxes and propose nothing. */
function ProposeBox({ election, box }: Pick<Props, 'election' | 'box'>) {
  const definition = useDefinition(election);
  const { boxFile, line, ballots } = box;
  const slash = boxFile.lastIndexOf('/');
  return (
    <>
      <Told tone="warn" title={texts.propose.title} text={phrase(texts.propose.text, { ballots }, 'en')} />
      <p className="reading">
        <Copyable what="line of the box" text={line} className="long-code" />
      </p>
      {definition.data === undefined ? null : (
        <ProposeFile
          meta={definition.data.meta}
          folder={boxFile.slice(0, Math.max(0, slash))}
          name={boxFile.slice(slash + 1)}
          text={`${line}\n`}
          isNew
        />
      )}
    </>
  );
}
