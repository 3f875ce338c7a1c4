#pragma once

#include "core/training/trainer.h"

#include <filesystem>
#include <fstream>
#include <optional>

namespace chronograd {

/// The metrics of a run as CSV, a row an update, written aside (FILE.part) and renamed when finished.
class MetricsFile final : public TrainingObserver
{
public:
    /// \throws InputError when the place cannot be written.
    explicit MetricsFile(std::filesystem::path file);
    ~MetricsFile() override;
    MetricsFile(const MetricsFile&) = delete;
    MetricsFile& operator=(const MetricsFile&) = delete;

    void updated(const UpdateReport& report) override;
    void epochEnded(const EpochReport& report) override;

    /// \throws InputError when not everything could be written; nothing is left then.
    void finish();

private:
    void writeRow(const std::optional<double>& testLoss);

    std::filesystem::path m_file;
    std::filesystem::path m_part;
    std::ofstream m_stream;
    std::optional<UpdateReport>
        m_row;                  ///< The newest update: its test loss is known only when the epoch has ended.
    Hyperparameters m_settings; ///< It was computed with these.
    bool m_finished = false;
};

} // namespace chronograd
