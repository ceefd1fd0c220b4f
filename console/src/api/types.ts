/** Short names for the generated API types. Nothing is declared here that the API does not say. */
import type { components } from './schema';

type Schemas = components['schemas'];

export type Me = Schemas['MeOut'];
export type City = Schemas['CityOut'];
export type Kind = Schemas['KindOut'];
export type Place = Schemas['PlaceHit'];
export type Unit = Schemas['UnitOut'];
export type UnitPage = Schemas['UnitPageOut'];
export type Shift = Schemas['ShiftOut'];
export type CrewMember = Schemas['CrewMemberOut'];
export type UnitStatus = Unit['status'];
export type IncidentRow = Schemas['IncidentRow'];
export type IncidentPage = Schemas['IncidentPage'];
export type Incident = Schemas['IncidentOut'];
export type IncidentPhase = IncidentRow['phase'];
export type RunningClock = Schemas['RunningClockOut'];
export type IncidentFacts = Schemas['IncidentMoveBody'];
export type Assignment = Schemas['AssignmentOut'];
export type AssignmentFacts = Schemas['AssignmentMoveBody'];
/** One step of an incident's or a case's history. */
export type Step = Omit<Schemas['IncidentStepOut'], 'told_at'> & { told_at?: string | null };
export type Attachment = Schemas['AttachmentOut'];
export type Way = Schemas['WayOut'];
export type Report = Schemas['ReportOut'];
export type ReportIn = Schemas['ReportBody'];
export type Taken = Schemas['TakenOut'];
export type PhoneCall = Schemas['CallOut'];
export type Reading = Schemas['ReadingOut'];
export type Question = Schemas['QuestionOut'];
export type PlaceRead = Schemas['PlaceReadOut'];
export type LineIn = Schemas['LineBody'];
export type AnswerIn = Schemas['AnswerIn'];
export type Similar = Schemas['SimilarOut'];
export type LinkedIncident = Schemas['LinkOut'];
export type LinkBody = Schemas['LinkBody'];
export type Recommendation = Schemas['RecommendationOut'];
export type CardPlace = Schemas['CardPlaceOut'];
export type BatchPlan = Schemas['BatchPlanOut'];
export type RunCard = Schemas['RunCardOut'];
export type RankedUnit = Schemas['RankedUnit'];
export type Reason = Schemas['ReasonOut'];
export type CaseRow = Schemas['CaseRow'];
export type Case = Schemas['CaseOut'];
export type SimilarCase = Schemas['SimilarCaseOut'];
export type CaseState = Schemas['CaseState'];
export type CaseDisposition = Schemas['CaseDisposition'];
export type Ground = Schemas['Ground'];
export type Verdict = Schemas['Verdict'];
export type CaseClock = Schemas['CaseClockOut'];
export type CasePause = Schemas['PauseOut'];
export type CaseFacts = Schemas['MoveBody'];
export type JointTask = Schemas['JointTaskOut'];
export type JointTaskItem = Schemas['JointTaskItem'];
export type JointPart = Schemas['JointPartOut'];
export type JointPartRow = Schemas['JointPartRow'];
export type PartState = JointPartRow['state'];
export type CallUpIn = Schemas['CallUpBody'];
export type PartFacts = Schemas['PartMoveBody'];
export type VolunteerTask = Schemas['VolunteerTaskOut'];
export type VolunteerTaskItem = Schemas['VolunteerTaskItem'];
export type VolunteerTaskState = Schemas['VolunteerTaskState'];
export type VolunteerTaskIn = Schemas['VolunteerTaskBody'];
export type HoursOffer = Schemas['HoursOfferOut'];
export type ReleaseGround = Schemas['ReleaseGround'];
export type Round = Schemas['FieldRoundOut'];
export type RoundCase = Schemas['FieldRoundCaseOut'];
export type FieldCase = Schemas['FieldCaseOut'];
/** What a move of a case takes, of what a grid officer may say. */
export type FieldFacts = Pick<
  CaseFacts,
  'ground' | 'proposed_id' | 'reason' | 'outcome' | 'reading' | 'document' | 'note'
>;
export type Tallies = Schemas['TalliesOut'];
export type ClockPart = Schemas['PhaseOut'];
export type Escalation = Schemas['EscalationOut'];
export type ClockRules = Schemas['ClockRulesOut'];
export type ClockFigures = Schemas['FiguresOut'];
export type ClockReport = Schemas['ReportOfClocksOut'];
export type Wall = Schemas['WallOut'];
/** What waits for somebody, queue by queue. */
export type Queue = Schemas['QueueOut'];
export type WaitingRow = Schemas['WaitingRowOut'];
