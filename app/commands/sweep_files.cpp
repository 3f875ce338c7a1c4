#include "app/commands/sweep_files.h"

#include "core/experiment/input_error.h"
#include "ui/sweep/sweep_picture.h"
#include "ui/theme/theme.h"

#include <QGuiApplication>

namespace chronograd {

void writeSweepPictures(const std::filesystem::path& folder, const SweepPlan& plan,
                        std::span<const SweepResult> results, SweepMeasure measure)
{
    qputenv("QT_QPA_PLATFORM", "offscreen"); // text needs the application, nothing needs a display
    if (!qEnvironmentVariableIsSet("QT_LOGGING_RULES"))
        qputenv("QT_LOGGING_RULES", "default.warning=false"); // of folders and displays that it does without
    static char name[] = "chronograd";
    static char* arguments[] = {name, nullptr};
    int count = 1;
    const QGuiApplication application(count, arguments);
    const SweepShown shown(std::make_shared<const SweepPlan>(plan), results, measure);
    const Theme& theme = Theme::of(ThemeKind::Light);
    for (const char* file : {"results.png", "results.svg"}) {
        const QString path = QString::fromStdU16String((folder / file).u16string());
        const QString problem = writeSweepPicture(shown, path, sweepPictureSize(shown, theme), theme);
        if (!problem.isEmpty())
            throw InputError(problem.toStdString());
    }
}

} // namespace chronograd
