import { useMemo, useState } from 'react';
import {
  Dialog,
  Heading,
  Modal,
  ModalOverlay,
  ToggleButton,
  ToggleButtonGroup,
} from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { useItemName, useItems } from '../../api/reference';
import type { Round } from '../../api/types';
import { useFieldDeed } from '../../api/useDeeds';
import { newKey } from '../../api/write';
import { Button } from '../../ui/Button';
import { ItemBox } from '../../ui/ItemBox';
import { ProblemNote } from '../../ui/states';
import { TextInput } from '../../ui/TextInput';
import { cellAt, type Point } from './ground';
import { oftenUsed, rememberItem } from './often';
import { PhotoBox } from './PhotoBox';
import { PlaceStep } from './PlaceStep';
import { useHere } from './useHere';

interface Props {
  round: Round;
  photo: Blob | null;
  onPhoto: (photo: Blob) => void;
  onClose: (isKept: boolean) => void;
}

/** Items that are a tap away, and all others by name. */
function ItemStep({ round, value, onChange }: { round: Round; value: string | null; onChange: (code: string) => void }) {
  const { t } = useTranslation();
  const itemName = useItemName();
  const items = useItems().data ?? [];
  const often = useMemo(() => oftenUsed(round.cases.map(({ item_code }) => item_code)), [round]);
  const offered = often.filter((code) => items.some((item) => item.code === code));
  return (
    <section className="stack" aria-label={t('field.what')}>
      {offered.length > 0 && (
        <ToggleButtonGroup
          className="field__items"
          aria-label={t('field.often')}
          selectedKeys={value === null ? [] : [value]}
          onSelectionChange={(keys) => {
            const code = offered.find((each) => keys.has(each));
            if (code !== undefined) onChange(code);
          }}
        >
          {offered.map((code) => (
            <ToggleButton key={code} id={code} className="field__item">
              {itemName(code)}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      )}
      <ItemBox value={value} onChange={onChange} />
    </section>
  );
}

/** What was found: photo, place, item. It is kept on the device at once and goes out by itself. */
export function ReportSheet({ round, photo, onPhoto, onClose }: Props) {
  const { t } = useTranslation();
  const deed = useFieldDeed();
  const here = useHere(true);
  const [chosen, setChosen] = useState<Point | null>(null);
  const [item, setItem] = useState<string | null>(null);
  const [text, setText] = useState('');
  const point = chosen ?? here.point;
  const isPlaced = point !== null && cellAt(round.cells, point) !== undefined;

  const send = (): void => {
    if (item === null || point === null) return;
    const found = { itemCode: item, ...point, placeText: '', text: text.trim() };
    rememberItem(item);
    deed.mutate(
      { subjectId: newKey(), deed: { kind: 'file', found, photo } },
      { onSuccess: () => onClose(true) },
    );
  };
  return (
    <ModalOverlay
      className="veil"
      isOpen
      onOpenChange={(open) => open || onClose(false)}
    >
      <Modal>
        <Dialog className="dialog field__sheet">
          <Heading slot="title" level={2}>
            {t('field.report')}
          </Heading>
          {photo !== null && <PhotoBox photo={photo} onChange={onPhoto} />}
          <ItemStep round={round} value={item} onChange={setItem} />
          <PlaceStep round={round} here={here} point={point} onPoint={setChosen} />
          <TextInput label={t('field.words')} value={text} onChange={setText} rows={2} />
          <ProblemNote problem={deed.error} />
          <div className="field__foot">
            <Button look="main" isDisabled={item === null || !isPlaced || deed.isPending} onPress={send}>
              {t('field.send')}
            </Button>
            <Button onPress={() => onClose(false)}>{t('action.cancel')}</Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
