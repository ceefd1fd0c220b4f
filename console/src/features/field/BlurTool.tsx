import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { Button } from '../../ui/Button';
import { encode } from '../../ui/shrink';
import { between, Blurring, reachOf, type Dab, type Stroke } from './blurring';

interface Props {
  photo: Blob;
  onDone: (photo: Blob) => void;
  onCancel: () => void;
}

/** How far an arrow key moves the ring, as a share of the longest side. */
const KEY_SHARE = 0.04;
const ARROWS: Partial<Record<string, Dab>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

function useBlurring(photo: Blob): Blurring | null {
  const [blurring, setBlurring] = useState<Blurring | null>(null);
  useEffect(() => {
    let isOver = false;
    void createImageBitmap(photo).then((picture) => {
      if (!isOver) setBlurring(new Blurring(picture));
    });
    return () => {
      isOver = true;
    };
  }, [photo]);
  return blurring;
}

function dabOf({ clientX, clientY, currentTarget }: PointerEvent<HTMLCanvasElement>): Dab {
  const box = currentTarget.getBoundingClientRect();
  return {
    x: ((clientX - box.left) / box.width) * currentTarget.width,
    y: ((clientY - box.top) / box.height) * currentTarget.height,
  };
}

interface CanvasProps {
  blurring: Blurring;
  strokes: readonly Stroke[];
  onStrokes: (strokes: readonly Stroke[]) => void;
  canvas: React.RefObject<HTMLCanvasElement | null>;
}

/** The picture under the finger; with a keyboard, a ring that the arrows move and the space bar sets. */
function Canvas({ blurring, strokes, onStrokes, canvas }: CanvasProps) {
  const { t } = useTranslation();
  const { width, height } = blurring;
  const reach = reachOf(width, height);
  const [ring, setRing] = useState<Dab>({ x: width / 2, y: height / 2 });
  const isDown = useRef(false);
  useEffect(() => {
    if (canvas.current) blurring.draw(canvas.current, strokes);
  }, [blurring, strokes, canvas]);

  const down = (event: PointerEvent<HTMLCanvasElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    isDown.current = true;
    onStrokes([...strokes, [dabOf(event)]]);
  };
  const move = (event: PointerEvent<HTMLCanvasElement>): void => {
    const last = strokes.at(-1)?.at(-1);
    if (!isDown.current || last === undefined) return;
    const stroke = [...(strokes.at(-1) ?? []), ...between(last, dabOf(event), reach / 2)];
    onStrokes([...strokes.slice(0, -1), stroke]);
  };
  const key = (event: KeyboardEvent): void => {
    const arrow = ARROWS[event.key];
    const step = Math.max(width, height) * KEY_SHARE;
    if (arrow) {
      setRing(({ x, y }) => ({
        x: Math.min(width, Math.max(0, x + arrow.x * step)),
        y: Math.min(height, Math.max(0, y + arrow.y * step)),
      }));
    } else if (event.key === ' ' || event.key === 'Enter') {
      onStrokes([...strokes, [ring]]);
    } else {
      return;
    }
    event.preventDefault();
  };
  const share = (value: number, of: number): string => `${((100 * value) / of).toFixed(2)}%`;
  return (
    <div className="blur__picture">
      <canvas
        ref={canvas}
        width={width}
        height={height}
        tabIndex={0}
        role="application"
        aria-label={t('field.blur_picture')}
        aria-describedby="blur-keys"
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={() => (isDown.current = false)}
        onPointerCancel={() => (isDown.current = false)}
        onKeyDown={key}
      />
      <span
        className="blur__ring"
        aria-hidden
        style={{
          left: share(ring.x, width),
          top: share(ring.y, height),
          width: share(2 * reach, width),
        }}
      />
    </div>
  );
}

/** Make parts of a photo unreadable with the finger. What is blurred is gone before it is kept. */
export function BlurTool({ photo, onDone, onCancel }: Props) {
  const { t } = useTranslation();
  const blurring = useBlurring(photo);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [strokes, setStrokes] = useState<readonly Stroke[]>([]);
  const finish = (): void => {
    if (canvas.current) void encode(canvas.current).then(onDone);
  };
  return (
    <ModalOverlay className="veil" isOpen onOpenChange={(open) => open || onCancel()}>
      <Modal>
        <Dialog className="dialog blur">
          <Heading slot="title" level={2}>
            {t('field.blur')}
          </Heading>
          <p className="soft" id="blur-keys">
            {t('field.blur_text')}
          </p>
          {blurring && (
            <Canvas blurring={blurring} strokes={strokes} onStrokes={setStrokes} canvas={canvas} />
          )}
          <p className="soft" role="status">
            {t('field.blurred', { count: strokes.length })}
          </p>
          <div className="field__pair">
            <Button isDisabled={strokes.length === 0} onPress={() => setStrokes(strokes.slice(0, -1))}>
              {t('field.undo')}
            </Button>
            <Button onPress={onCancel}>{t('action.cancel')}</Button>
          </div>
          <Button look="main" isDisabled={strokes.length === 0} onPress={finish}>
            {t('field.blur_done')}
          </Button>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
