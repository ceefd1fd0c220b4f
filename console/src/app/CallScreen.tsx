import { AfterCall } from '../features/dispatch/AfterCall';
import { CallPage } from '../features/intake/CallPage';

/** Taking a call, with dispatch right after it: here two features meet that do not know each other. */
export function CallScreen() {
  return <CallPage Dispatch={AfterCall} />;
}
