#include "app/commands/metrics_file.h"

#include "core/experiment/experiment_io.h"

#include <system_error>
#include <utility>

namespace chronograd {

namespace {

std::string stepsText(StepCount steps)
{
    return steps.isWholeSequence() ? "n" : std::to_string(steps.number());
}

} // namespace

MetricsFile::MetricsFile(std::filesystem::path file)
    : m_file(std::move(file))
    , m_part(m_file.string() + ".part")
    , m_stream(m_part, std::ios::binary)
{
    if (!m_stream) {
        throw InputError(m_file.string() + ": cannot be written: " + std::generic_category().message(errno));
    }
    m_stream << "update,epoch,sequence,t,loss,gradient_norm,k1,k2,learning_rate,momentum,test_loss\n";
}

MetricsFile::~MetricsFile()
{
    if (!m_finished) {
        m_stream.close();
        std::error_code ignored;
        std::filesystem::remove(m_part, ignored);
    }
}

void MetricsFile::updated(const UpdateReport& report)
{
    writeRow(std::nullopt);
    m_row = report;
    m_settings = *report.settings;
}

void MetricsFile::epochEnded(const EpochReport& report)
{
    writeRow(report.testLoss);
}

void MetricsFile::writeRow(const std::optional<double>& testLoss)
{
    if (!m_row) {
        return;
    }
    m_stream << m_row->update << ',' << m_row->epoch << ',' << m_row->sequence << ',' << m_row->t << ','
             << numberText(m_row->loss) << ',' << numberText(m_row->gradientNorm) << ','
             << stepsText(m_settings.k1) << ',' << stepsText(m_settings.k2) << ','
             << numberText(m_settings.learningRate) << ',' << numberText(m_settings.momentum) << ','
             << (testLoss ? numberText(*testLoss) : std::string()) << '\n';
    m_row.reset();
}

void MetricsFile::finish()
{
    writeRow(std::nullopt);
    m_stream.close();
    std::error_code error;
    if (m_stream) {
        std::filesystem::rename(m_part, m_file, error);
    }
    if (!m_stream || error) {
        throw InputError(m_file.string() + ": cannot be written" +
                         (error ? ": " + error.message() : " to the end"));
    }
    m_finished = true;
}

} // namespace chronograd
