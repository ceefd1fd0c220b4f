/** What people wrote and what things are called, by the field that holds it: `Shape.field` before `field`. */
import { CELLS, ORGANISATIONS, PLACES } from './pools';

export interface Words {
  zh: string;
  en: string;
}
const say = (zh: string, en: string): Words => ({ zh, en });

/** What was reported of each kind of incident, in the order of `KINDS`. */
const REPORTED = [
  say('三楼窗口冒烟，窗边有人。', 'Smoke from a window on the third floor, somebody is at the window.'),
  say('老人胸口疼，喘不上气。', 'An elderly man has chest pain and cannot catch his breath.'),
  say('电梯停在五层与六层之间，里面两人。', 'The lift stands between the fifth and sixth floor, two people are in it.'),
  say('小汽车撞上有轨电车，有人流血。', 'A car hit a tram, somebody is bleeding.'),
  say('路口冒水，路面已积水。', 'Water comes out of the crossing, the street is under water.'),
  say('大树倒在人行道上，压住自行车。', 'A big tree fell on the pavement and lies on bicycles.'),
  say('店门被撬，里面没有人。', 'The door of the shop was forced, nobody is inside.'),
  say('路灯连续五盏不亮。', 'Five street lamps in a row are out.'),
];
/** What was found of each item, in the order of `ITEMS`. */
const FOUND = [
  say('车道上出现约半米宽的坑。', 'A hole half a metre wide has opened in the lane.'),
  say('路灯连续五盏不亮，行人看不清台阶。', 'Five street lamps in a row are out, the steps cannot be seen.'),
  say('人行道下漏水，水流进地下室。', 'Water leaks below the pavement and runs into a cellar.'),
  say('垃圾桶旁堆着家具和袋装垃圾。', 'Furniture and bags of rubbish lie beside the bins.'),
  say('店铺招牌一角脱落，下面是人行道。', 'One corner of a shop sign has come off above the pavement.'),
  say('断枝挂在路口上方。', 'A broken branch hangs over the crossing.'),
  say('路口信号灯只闪黄灯。', 'The signals of the crossing only flash yellow.'),
  say('两辆车停在消防通道上。', 'Two cars stand in the fire lane.'),
];
const DONE = [
  say('坑已填平，路面恢复通行。', 'The hole is filled, the lane is open again.'),
  say('更换电缆接头，五盏灯已亮。', 'A cable joint was replaced, all five lamps are lit.'),
  say('管段已更换，恢复供水。', 'The pipe was replaced, the water runs again.'),
];
const REASONS = [
  say('等配件，明天上午到货。', 'Waits for a part that comes tomorrow morning.'),
  say('需先与产权单位会商。', 'The owner of the ground has to be met first.'),
  say('不在本单位职责范围内。', 'Not the work of this organisation.'),
];
const DUTIES = [
  say('封闭车道，引导车辆绕行。', 'Close the lane and lead the traffic around.'),
  say('检查地下管线并抢修。', 'Look at the pipes below and repair them.'),
  say('清理现场，恢复路面。', 'Clear the site and restore the surface.'),
];
const ASKED = [
  say('有人被困吗？', 'Is anybody trapped?'),
  say('是否看到明火？', 'Are flames to be seen?'),
];
const ORGANISED = ORGANISATIONS.map(({ name_zh, name_en }) => say(name_zh, name_en));
const PLACED = PLACES.map((place) => say(place, place));
const CELLED = CELLS.map(({ name_zh, name_en }) => say(name_zh, name_en));
const TASKS = [
  say('清理公园台阶积雪', 'Clear snow from the steps of the park'),
  say('给独居老人送餐', 'Bring meals to people who live alone'),
  say('学校门口护学', 'Stand at the school crossing'),
];
const PLANS = [say('工作日白天布防', 'Weekday, day'), say('夜间布防', 'Night'), say('风暴布防', 'Storm'), say('马拉松当日布防', 'Day of the marathon')];
const TABLES = [say('常设分派表', 'Standing table'), say('冬季分派表', 'Winter table'), say('道路施工期间分派表', 'Table for the road works')];
const FOR_A_TIME = [say('路口积雪堆', 'Heaps of snow at crossings'), say('共享滑板车乱停', 'Rental scooters in the way'), say('施工围挡破损', 'Broken hoardings')];
const MEASURES = [
  say('按时办结率', 'Closed in time'), say('承诺兑现率', 'Promise kept'), say('一次核查通过率', 'Passed the first check'), say('返工率', 'Reworked'),
  say('回访确认率', 'Confirmed by who reported'), say('退回率', 'Sent back'), say('推诿率', 'Refused in vain'),
];

export const PROMISES = [say('11时前回复供电公司抢修进度。', 'Tell the power company by 11:00 how the repair stands.')];

/** What things are called. */
export const NAMES: Readonly<Record<string, readonly Words[]>> = {
  name: ORGANISED,
  'AppealOut.name': ORGANISED,
  'AreaLoadOut.name': CELLED,
  'CaseRouteOut.title': TABLES,
  'CellProperties.name': CELLED,
  'CellBody.name': CELLED,
  'ClockClassOut.name': [say('紧急，2 小时', 'Urgent, 2 hours'), say('一般，3 个工作日', 'Usual, 3 working days')],
  'CodedOut.name': [say('市政工程科', 'Municipal works desk'), say('供水排水科', 'Water and drainage desk')],
  'DayOut.name': [say('工作日', 'Working day')],
  'DueRow.name': [say('到场', 'Arrival'), say('静默来电', 'Silent call')],
  'EditionOut.name': [say('道路设施', 'Roads'), say('照明设施', 'Lighting')],
  'EscalationRingOut.name': [say('值班长', 'Duty supervisor'), say('中心负责人', 'Head of the centre')],
  'EvaluationOut.name': [say('单位办件评价规则', 'Rules for evaluating organisations')],
  'FieldCellOut.name': CELLED,
  'FieldSiteOut.name': [say('凯萨涅米学校', 'Kaisaniemi school'), say('哈卡涅米市场', 'Hakaniemi market')],
  'JurisdictionOut.name': [say('赫尔辛基中心区', 'Helsinki centre'), say('卡利奥区', 'Kallio')],
  'MeasureOut.name': MEASURES,
  'PasskeyOut.name': [say('席位安全密钥', 'Security key of the desk'), say('值班手机', 'Telephone of the desk')],
  'PauseReasonOut.name': [say('等待配件', 'Waits for parts')],
  'PlaceHit.name': PLACED,
  'PlaceReadOut.name': PLACED,
  'PostureOut.name': PLANS,
  'ProviderOut.name': [say('城市统一认证', "the city's sign-in"), say('消防部门认证', 'the fire service')],
  'RoutingTableOut.title': TABLES,
  'RoutingTableRow.title': TABLES,
  'SavedViewOut.name': [say('本班常用', 'Of this shift'), say('夜班常用', 'Of the night')],
  'SectionLoadOut.name': [say('市容环境', 'Cleanliness'), say('户外设施', 'Signs')],
  'ServiceKeyOut.name': [say('开放数据接口', 'Open data feed'), say('医院信息系统', 'Hospital system')],
  'SiteOut.name': [say('凯萨涅米学校', 'Kaisaniemi school'), say('玛丽亚医院', 'Maria hospital')],
  'StandOut.name': [say('埃罗塔亚消防站', 'Erottaja fire station'), say('哈卡涅米广场', 'Hakaniemi square')],
  'StudiedOut.name': PLANS,
  'TemporaryItemOut.name': FOR_A_TIME,
  'VolunteerTaskItem.title': TASKS,
  'VolunteerTaskOut.title': TASKS,
  'WitnessOut.name': [say('审计局见证机', 'Witness of the audit office'), say('档案馆见证机', 'Witness of the archive')],
};

/** What somebody said or wrote. */
export const WORDS: Readonly<Record<string, readonly Words[]>> = {
  advice: [say('远离窗户，低姿等待。', 'Keep away from the window and stay low.')],
  answer: [say('是', 'Yes'), say('看到', 'Yes, on one floor')],
  closing: [say('现场恢复原状，附照片。', 'The place is as it was before, with a photo.')],
  condition: [say('现场恢复原状', 'The place is as it was')],
  decision: [say('情况属实，同意。', 'It is so; agreed.')],
  description: [say('因管道抢修，18时至22时沿线停水。', 'A main is repaired: no water along the street from 18:00 to 22:00.')],
  duty: DUTIES,
  filing: [say('拍照并写明位置。', 'A photo, and where exactly.')],
  formula: [say('按时办结件数除以办结件数。', 'cases closed in time over cases closed.')],
  note: [say('请走西侧入口。', 'Use the entrance on the west side.'), say('钥匙在值班室。', 'The key is at the desk.')],
  outcome: DONE,
  proof: [say('采购单已附。', 'The order is attached.')],
  question: ASKED,
  reason: REASONS,
  remark: [say('已逐项核对。', 'Gone through one by one.')],
  source: [say('本市规定，2026 年版。', 'Rules of the city, 2026.')],
  text: FOUND,
  words: [say('两人已脱困。', 'Both people are out.'), say('现场需要云梯车。', 'A ladder is needed at the place.')],
  'AnswerOut.text': ASKED,
  'AppealOut.text': [say('该件属地铁施工单位。', 'This case belonged to the builder of the metro.'), say('到场时间录入有误。', 'The time of arrival was written down wrongly.')],
  'ClosureOut.reason': [say('管道抢修', 'Repair of a main'), say('道路施工', 'Road works')],
  'DeskNoteOut.text': [say('中心公园西门因施工关闭至周五。', 'The west gate of the central park is shut until Friday.'), ...PROMISES],
  'DueRow.text': [say('建筑火灾', 'Building fire'), say('回拨无人应答', 'Nobody answered the call back')],
  'GlassOut.reason': [say('来电人称与此案有关，需立即核实。', 'A caller says it is about this case; it has to be checked at once.'), say('同址再次报警，需看前案。', 'A second call from the place: the case before has to be seen.')],
  'GlassOut.words': [say('当时情况紧急，查看必要。', 'It was urgent, the look was needed.')],
  'HandoverOut.text': [say('楼房火灾仍在处置，其余正常。', 'The building fire goes on; all else is quiet.')],
  'HandoverRow.text': [say('楼房火灾仍在处置，其余正常。', 'The building fire goes on; all else is quiet.')],
  'HelpRequestOut.note': [say('请关闭楼内燃气并守候。', 'Please shut the gas of the house and stand by.'), say('请派抢修车到路口。', 'Please send a repair van to the crossing.')],
  'HelpRequestOut.reason': [say('可派一组，十分钟到。', 'One crew can come, in ten minutes.')],
  'HistoryOut.text': REPORTED,
  'IncidentOut.text': REPORTED,
  'OutRow.reason': [say('刹车检修', 'Brakes in repair'), say('消毒清洁', 'Being cleaned')],
  'PauseOut.reason': [say('等待配件', 'Waits for parts')],
  'PostureOut.note': [say('两辆救护车前移至市场。', 'Two ambulances stand at the market.'), say('夜间少一辆消防车。', 'One fire engine less at night.'), say('抢修车沿海岸布置。', 'Repair vans stand along the shore.')],
  'ProposalOut.reason': [say('燃气泄漏须告知供气公司。', 'The gas company is told of leaks.')],
  'ReportOut.text': REPORTED,
  'ReviewNoteOut.text': [say('首车三分钟到场。', 'The first unit was there in three minutes.'), say('西侧入口不易找到。', 'The entrance on the west was hard to find.'), say('与物业约定入口标识。', 'Agree with the owner on a sign at the entrance.')],
  'ReviewVersionOut.text': [say('首车到场很快。', 'The first unit was there soon.')],
  'Row.note': [say('工作日由主管科室受理。', 'On working days the department takes it.'), say('夜间与周末由应急队受理。', 'At night and weekends the emergency team takes it.')],
  'SharedIncidentOut.text': REPORTED,
  'TakeoverOut.remark': [say('已逐项核对。', 'Gone through one by one.')],
  'TemporaryItemOut.reason': [say('本周降雪，路口视线受阻。', 'Snow this week: heaps hide who crosses.'), say('居民多次反映。', 'Residents asked for it several times.'), say('施工至明年三月。', 'The works go on until March.')],
  'UpdateOut.text': [say('烟变大了，三楼还有一位老人。', 'There is more smoke, an elderly person is still on the third floor.'), say('消防车已出发，请在楼下等候。', 'A fire engine is on its way, please wait downstairs.')],
  'VolunteerTaskOut.text': [say('自带手套，工具在公园西门领取。', 'Bring gloves; tools are at the west gate of the park.')],
};
