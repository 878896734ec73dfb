"""The public side of 上海企事业单位环境信息公开平台 as it stood in August 2020, served from its data files.

    python -m tests.replay.shanghai --data FOLDER --port 0 [--sources DIR] [--enterprises FILE] [--monitoring FILE]

Which sheet answers where (``…/list.do`` are POST addresses under ``/jsp/view``; every row is the platform's own):

| file, sheet | address | told apart by |
|---|---|---|
| Enterprises, Sheet1 | ``list.jsp`` | |
| Enterprises, 企业详细信息 | ``info.jsp?id=`` | |
| PollutionInfo, 排放口信息 | ``port/list.do`` | ``stWrybh`` |
| PollutionInfo, 排放项目信息 | ``jcdw/list.do`` | ``stWryCode`` |
| AdministrativeLicensing, all four sheets | ``xzxk/list.do`` | ``stWrybh``; ``stTypeCode`` PWXK, JSXM, WFJY, OTHER |
| PollutionControlFacilities, 产生污染设施情况 | ``product/list.do`` | ``stWryCode`` |
| PollutionControlFacilities, 污染处理设施建设运行情况 | ``waterHand``, ``wasteHand``, ``noiseHand`` | ``stType`` |
| PollutionControlFacilities, 污染物排放方式及排放去向 | ``pullicationEmissions/list.do`` | ``stWryCode`` |
| OtherInformation, 环保奖励情况 | ``other/list.do`` | ``stWryCode`` |
| MonitoringData, 废水 and 废气手工监测记录 | ``sgWater/list.do``, ``sgWaste/list.do`` | ``stWryCode`` |
| EmergencyPlan, 应急方案 | ``common/file_list2.jsp``, category YJYA_YAWB | ``url_id`` |
| OtherInformation, 自行监测方案 and 社会责任报告 | the same, categories OTHER_ZXJC and OTHER_SHZR | ``url_id`` |

The platform's other modules (``pullication``, ``waterAuto``, ``wasteAuto``) answer with an empty body: the data holds
nothing for them. InformationDisclosure and EnvironmentalReport are lists of projects that name a builder but no code of
an enterprise (26 credit codes are shared by several sites), LicenseInformation is the national permit list: none can be
put on an enterprise's pages without guessing, so none is served. Bytes of attached files are not in the data: their
addresses answer 404.
"""
