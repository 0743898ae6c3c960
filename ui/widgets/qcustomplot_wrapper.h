#pragma once
// QCustomPlot's header uses Qt's keyword macros, which this project switches off (QT_NO_KEYWORDS) because
// they break LibTorch's headers. They exist only while that one header is read.

#include <QObject>

#define signals Q_SIGNALS
#define slots Q_SLOTS
#define emit Q_EMIT
#define foreach Q_FOREACH
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
#include <qcustomplot.h>
#pragma GCC diagnostic pop
#undef signals
#undef slots
#undef emit
#undef foreach
