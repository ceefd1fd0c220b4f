import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { movesLeft, type Done, type FieldDeed, type FieldMove } from '../../api/fieldDeeds';
import { useItems } from '../../api/reference';
import type { FieldFacts, RoundCase } from '../../api/types';
import { useFieldDeed } from '../../api/useDeeds';
import { Ask } from '../../ui/Ask';
import { Button } from '../../ui/Button';
import { ProblemNote } from '../../ui/states';
import { useEvidence } from '../../ui/useEvidence';
import { HandBack } from './HandBack';
import { PhotoBox } from './PhotoBox';
import { TakePhoto } from './TakePhoto';

/** The fact that a move takes in words. */
const WORDS = { report: 'outcome', verify: 'note', rework: 'reason' } as const;

interface Props {
  found: RoundCase;
  done: Done | undefined;
  onDone: () => void;
}

interface MoveProps {
  move: keyof typeof WORDS;
  /** The item of the case, where the move has to tell what that asks for. */
  itemCode: string | null;
  isReady: boolean;
  onMove: (move: FieldMove, facts: FieldFacts, close: () => void) => void;
}

function InWords({ move, itemCode, isReady, onMove }: MoveProps) {
  const { t } = useTranslation();
  const evidence = useEvidence(itemCode);
  const look = move === 'rework' ? {} : { look: 'main' as const };
  return (
    <Ask
      button={
        <Button {...look} isDisabled={!isReady}>
          {t(`case_move.${move}`)}
        </Button>
      }
      title={t(`case_move.${move}`)}
      label={t(`fact.${WORDS[move]}`)}
      confirm={t(`case_move.${move}`)}
      problem={null}
      isPending={false}
      isReady={evidence.isReady}
      onAnswer={(words, close) => onMove(move, { [WORDS[move]]: words, ...evidence.facts }, close)}
    >
      {evidence.fields}
    </Ask>
  );
}

/** A photo of what was done, looked at before it is kept. */
function Evidence({ isPending, onPhoto }: { isPending: boolean; onPhoto: (photo: Blob) => void }) {
  const { t } = useTranslation();
  const [photo, setPhoto] = useState<Blob | null>(null);
  if (photo === null) return <TakePhoto text={t('field.photo')} onTaken={setPhoto} />;
  return (
    <div className="stack">
      <PhotoBox photo={photo} onChange={setPhoto} />
      <Button
        look="main"
        isDisabled={isPending}
        onPress={() => {
          onPhoto(photo);
          setPhoto(null);
        }}
      >
        {t('field.photo_keep')}
      </Button>
    </div>
  );
}

function useNeedsPhoto({ item_code }: RoundCase): boolean {
  const item = useItems().data?.find(({ code }) => code === item_code);
  return item?.evidence.includes('PHOTO') ?? false;
}

/** What the officer does with a case: begin, show what was done, be done, hand back, check. */
export function CaseWork({ found, done, onDone }: Props) {
  const { t } = useTranslation();
  const deed = useFieldDeed();
  const needsPhoto = useNeedsPhoto(found);
  const moves = movesLeft(found, done);
  const about = { seen: found.seen, number: found.number };
  const keep = (made: FieldDeed, then: () => void): void =>
    deed.mutate({ subjectId: found.id, deed: made }, { onSuccess: then });
  const make = (move: FieldMove, facts: FieldFacts, close: () => void): void =>
    keep({ kind: 'case_move', move, facts, ...about }, () => {
      close();
      if (move !== 'start') onDone();
    });
  const shown = found.photos.some(({ phase }) => phase === 'HANDLED') || (done?.photos ?? 0) > 0;
  const mayReport = moves.includes('report');
  const lacksPhoto = mayReport && needsPhoto && !shown;
  return (
    <div className="field__work">
      <ProblemNote problem={deed.error} />
      {moves.includes('start') && (
        <Button look="main" onPress={() => make('start', {}, () => undefined)}>
          {t('case_move.start')}
        </Button>
      )}
      {mayReport && (
        <Evidence
          isPending={deed.isPending}
          onPhoto={(photo) => keep({ kind: 'case_photo', photo, ...about }, () => undefined)}
        />
      )}
      {lacksPhoto && <p className="soft">{t('field.needs_photo')}</p>}
      {(['report', 'verify', 'rework'] as const).map(
        (move) =>
          moves.includes(move) && (
            <InWords
              key={move}
              move={move}
              itemCode={move === 'report' ? found.item_code : null}
              isReady={move !== 'report' || !lacksPhoto}
              onMove={make}
            />
          ),
      )}
      {(['send_back', 'dispute'] as const).map(
        (move) =>
          moves.includes(move) && (
            <HandBack key={move} found={found} move={move} onMove={make} />
          ),
      )}
    </div>
  );
}
