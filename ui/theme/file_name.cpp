#include "ui/theme/file_name.h"

#include <QRegularExpression>

namespace chronograd {

QString fileNameOf(const QString& title)
{
    static const QRegularExpression forbidden(QStringLiteral(R"([\x00-\x1f/\\:*?"<>|]+)"));
    static const QRegularExpression dots(QStringLiteral(R"(^[.\s]+|[.\s]+$)"));
    QString name = title;
    name.replace(forbidden, QStringLiteral("-")).remove(dots);
    return name.isEmpty() ? QStringLiteral("experiment") : name;
}

} // namespace chronograd
